// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { cellResult, stageResult } from '../../test/runs.js';
import type { CaseResult, CellResult } from '../result.js';
import type { Verdict } from '../verdict.js';
import { compareRuns } from './compare.js';

/** What machines gave for one cell: the first stands for it. */
const merged = (own: CellResult, ...others: readonly CellResult[]): CellResult =>
  others.length === 0 ? own : { ...own, others };
const build = (verdict: Verdict, reason: string | null = null) =>
  cellResult([stageResult('build', verdict, { reason })]);
const told = (before: CellResult | null, after: CellResult) =>
  compareRuns(before && { cells: [before] }, { cells: [after] }).map(({ kind, title, reason }) =>
    [kind, title, ...(reason === null ? [] : [reason])].join(': '),
  );

const [one, two] = [build('FAIL', 'broken'), build('FAIL', 'broken otherwise')];

it('tells the failure of every machine', () => {
  expect(told(null, merged(one, two))).toEqual([
    'new-failure: build: broken',
    'new-failure: build: broken otherwise',
  ]);
  expect(told(build('PASS'), merged(one, two))).toEqual([
    'regression: build: broken',
    'regression: build: broken otherwise',
  ]);
  expect(told(null, merged(one, build('FAIL', 'broken'), build('PASS')))).toEqual([
    'new-failure: build: broken',
  ]);
});

it('knows again what failed on any of them, whichever stands for the cell', () => {
  expect(told(merged(one, two), merged(two, one))).toEqual([
    'still-failing: build: broken otherwise',
    'still-failing: build: broken',
  ]);
  expect(told(merged(one, two), two)).toEqual(['still-failing: build: broken otherwise']);
  expect(told(one, merged(one, two))).toEqual([
    'new-failure: build: broken otherwise',
    'still-failing: build: broken',
  ]);
  expect(told(merged(one, two), build('PASS'))).toEqual([
    'fixed: build: broken',
    'fixed: build: broken otherwise',
  ]);
});

it('calls nothing fixed that fails on another machine', () => {
  const of = (...verdicts: readonly Verdict[]) => {
    const cases = verdicts.map((verdict, at): CaseResult => {
      const id = 'abc'[at] as string;
      const message = verdict === 'FAIL' ? 'got 3' : null;
      return {
        ...{
          id,
          title: id,
          clauses: [],
          device: 'rocker',
          vectors: 4,
          verdict,
          seconds: 1,
          message,
          log: null,
        },
      };
    });
    const verdict = verdicts.includes('FAIL') ? 'FAIL' : 'PASS';
    return cellResult([
      stageResult('conform', verdict, { cases, reason: verdict === 'FAIL' ? 'bad' : null }),
    ]);
  };
  const before = of('FAIL', 'PASS', 'FAIL');
  expect(told(before, merged(of('PASS', 'FAIL', 'PASS'), of('FAIL', 'PASS', 'PASS')))).toEqual([
    'regression: b on rocker: got 3',
    'still-failing: a on rocker: got 3',
    'fixed: c on rocker: got 3',
  ]);
});

it('names others of a cell in no change', () => {
  const [change] = compareRuns(null, { cells: [merged(one, two)] });
  expect(change?.cell).not.toHaveProperty('others');
});
