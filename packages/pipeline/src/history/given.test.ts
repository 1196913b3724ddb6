// SPDX-License-Identifier: MIT
import type { RunResult, Verdict } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { fakeCell } from '../../test/fake-cell.js';
import { comparisonWith } from './earlier.js';

const night = (day: number, build: Verdict, changes: Partial<RunResult> = {}): RunResult => {
  const { cell, key } = fakeCell();
  const more = { seconds: 7, cached: false, findings: [], reproduce: '', log: null, outputs: {} };
  const reason = build === 'PASS' ? null : 'why';
  return {
    ...{ version: 1, run: `night-${day}`, series: 'tiny', revision: 'v1', verdict: build, tier: 'nightly' },
    ...{ started: new Date(Date.UTC(2026, 10, day)).toISOString(), seconds: 1, command: '' },
    cells: [{ ...cell, key, verdict: build, stages: [{ stage: 'build', verdict: build, reason, ...more }] }],
    ...changes,
  };
};
const told = async (nights: readonly RunResult[], run: RunResult) => {
  const { before, changes } = await comparisonWith(nights, run);
  return [before, ...changes.map(({ kind }) => kind)];
};

it('compares with the newest of the nights that were given, in whatever order', async () => {
  const nights = [night(2, 'FAIL'), night(3, 'PASS'), night(1, 'FAIL')];
  expect(await told(nights, night(4, 'FAIL'))).toEqual(['night-3', 'regression']);
  expect(await told([], night(4, 'FAIL'))).toEqual([null, 'new-failure']);
});

it('knows what failed before the night on which its job died', async () => {
  const nights = [night(1, 'FAIL'), night(2, 'MISS'), night(3, 'ERROR')];
  expect(await told(nights, night(4, 'FAIL'))).toEqual(['night-3', 'still-failing']);
  expect(await told(nights.slice(1), night(4, 'FAIL'))).toEqual(['night-3', 'new-failure']);
});

it('tells a flake once', async () => {
  const flaky = (day: number): RunResult => {
    const run = night(day, 'PASS');
    const attempts = [{ verdict: 'FAIL' as const, reason: 'why', seconds: 1 }];
    return {
      ...run,
      cells: run.cells.map((cell) => ({
        ...cell,
        stages: cell.stages.map((stage) => ({ ...stage, attempts })),
      })),
    };
  };
  expect(await told([night(2, 'PASS')], flaky(3))).toEqual(['night-2', 'flaky']);
  expect(await told([flaky(1), night(2, 'PASS')], flaky(3))).toEqual(['night-2']);
});
