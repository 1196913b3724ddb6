// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { renderExamination } from './render.js';

const good = { name: 'git', good: true, found: 'git 2', purpose: 'a test', fix: null };
const tool = { ...good, name: 'qemu', good: false, found: 'missing', fix: 'apt-get ...', bySetup: true };
const disk = { ...good, name: 'disk', good: false, found: '1 GiB free', fix: 'export ...' };

it.each([
  [[good], 'Nothing is missing'],
  [[good, tool], '1 to fix: ./uio-msi setup installs what is missing'],
  [[disk, tool], '2 to fix: ./uio-msi setup installs 1 of them'],
  [[disk], '1 to fix, each as said above'],
])('promises of setup only what it does: %j', (examination, verdict) => {
  expect(renderExamination(examination, false).split('\n').at(-1)).toBe(verdict);
});
