// SPDX-License-Identifier: MIT
import type { Verdict } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { type MatrixRow, renderMatrix } from './render.js';
import { loadsOf } from './shards.js';

const row = (prefix: number, changes: Partial<MatrixRow>): MatrixRow => ({
  ...{ cell: `7.2.6/x86_64/gcc/minimal/first${prefix}`, key: `${prefix}`, tier: 'weekly' },
  ...{ status: 'to do', verdict: null, stages: ['build'], seconds: 60, reason: null },
  ...changes,
});
const known = (verdict: Verdict): Partial<MatrixRow> => ({ status: 'known', verdict, seconds: 0 });
const line = (...each: readonly Partial<MatrixRow>[]) =>
  renderMatrix(each.map((changes, at) => row(at + 1, changes))).split('\n')[0];

it.each([
  ['are to do', [{}, {}], 'to do 2 min   only build'],
  ['are to do, nobody knows how long', [{}, { seconds: null }], 'to do ?       only build'],
  ['are known in part', [known('PASS'), {}], 'to do 1 min   only build  1 of 2 known'],
  ['are good', [known('PASS'), known('PASS')], 'PASS          only build'],
  ['are not all good', [known('PASS'), known('FAIL')], 'FAIL          only build  first2 FAIL'],
  [
    'are left out',
    [1, 2].map(() => ({ status: 'left out', reason: 'why' }) as const),
    'left out      only build  why',
  ],
] as const)('has one line for prefixes that %s', (_, rows, what) => {
  expect(line(...rows)).toBe(`7.2.6/x86_64/gcc/minimal/first1-2  weekly   ${what}`);
});

it('counts every cell', () => {
  const text = renderMatrix([1, 2, 3].map((prefix) => row(prefix, prefix === 1 ? known('PASS') : {})));
  expect(text.split('\n').at(-1)).toMatch(/^3 cells: 1 known, 2 to do \(2 min of work\)/);
});

it('gives the prefixes of a square to one job, with the time of all', () => {
  const whole = row(0, { cell: '7.2.6/x86_64/gcc/minimal' });
  const rows = [whole, row(1, {}), row(2, known('PASS')), row(3, {}), row(4, { status: 'left out' })];
  expect(loadsOf(rows)).toEqual([
    { cell: '7.2.6/x86_64/gcc/minimal', seconds: 60 },
    { cell: '7.2.6/x86_64/gcc/minimal/first1-3', seconds: 120 },
  ]);
});
