// SPDX-License-Identifier: MIT
import { STAGES } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { STAGE_TABLE } from '../stages/table.js';
import { closure } from './closure.js';

it.each([
  [['apply'], ['source', 'apply']],
  [['check'], ['source', 'check']],
  [['conform'], ['source', 'apply', 'base', 'build', 'boot', 'conform']],
  [
    ['build', 'check'],
    ['source', 'apply', 'check', 'base', 'build'],
  ],
  [null, STAGES],
] as const)('of %j is %j', (asked, expected) => {
  expect(closure(STAGE_TABLE, asked)).toEqual(expected);
});

it('has a stage for each name, in order, that needs earlier ones alone', () => {
  expect(STAGE_TABLE.map(({ name }) => name)).toEqual(STAGES);
  for (const { name, needs } of STAGE_TABLE)
    expect(needs.every((needed) => STAGES.indexOf(needed) < STAGES.indexOf(name))).toBe(true);
});
