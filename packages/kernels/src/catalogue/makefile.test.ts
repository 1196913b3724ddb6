// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { versionOf } from './makefile.js';

const makefile = (sub: string, extra = ''): string =>
  `# SPDX-License-Identifier: GPL-2.0\nVERSION = 7\nPATCHLEVEL = 2\nSUBLEVEL = ${sub}\nEXTRAVERSION =${extra}\nNAME = x\n`;

it.each([
  ['7.2.6', makefile('6')],
  ['7.2', makefile('0')],
  ['7.2-rc2', makefile('0', ' -rc2')],
])('knows %s', (version, text) => {
  expect(versionOf(text)).toBe(version);
});

it.each([
  ['nothing', ''],
  ['another program', 'VERSION = 7.2.6\nall:\n'],
])('takes %s for no kernel', (_, text) => {
  expect(versionOf(text)).toBeNull();
});
