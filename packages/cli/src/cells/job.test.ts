// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { jobLines } from './job.js';

it('tells what a job wrote from what firmware and kernel did', () => {
  const console = [
    'SeaBIOS (version 1.16)',
    '[    0.000000] Linux version 7.2.6',
    '[    2.512345] Run /init as init process',
    '[    3.100000] uio_msi: loading',
    '5 operations',
    '',
    '[   12.000000] uio_msi 0000:00:03.0: reset done',
    'PASS',
  ];
  expect(jobLines(console.join('\r\n'))).toEqual(['5 operations', 'PASS']);
});
