// SPDX-License-Identifier: MIT
import type { GuestEnd } from '@uio-msi/machine';
import { expect, it } from 'vitest';
import { judgeEnd } from './end.js';

const splat = { kind: 'hung-task', title: 'INFO: task', text: 'INFO: task' };

it('blames nobody for a kernel that never spoke', () => {
  for (const end of ['not-ready', 'reset'] as const)
    expect(judgeEnd({ end, splats: [], consoleEmpty: true }, true).verdict).toBe('ERROR');
});

it.each<[GuestEnd, boolean, boolean, string, boolean]>([
  // end, a splat, at work → verdict, by our clock alone
  ['killed', false, true, 'ERROR', false],
  ['left', true, true, 'ERROR', false],
  ['panic', true, false, 'FAIL', false],
  ['module', false, true, 'FAIL', false],
  ['reset', false, true, 'FAIL', false],
  ['flood', false, false, 'FAIL', false],
  ['not-ready', false, false, 'ERROR', true],
  ['not-ready', false, true, 'FAIL', true],
  ['silence', false, true, 'FAIL', true],
  ['silence', false, false, 'ERROR', true],
  ['timeout', false, false, 'ERROR', true],
  ['timeout', true, false, 'FAIL', false],
])('judges %s (splat %s, at work %s): %s, hurried %s', (end, hasSplat, atWork, verdict, hurried) => {
  expect(judgeEnd({ end, splats: hasSplat ? [splat] : [] }, atWork)).toEqual({ verdict, hurried });
});
