// SPDX-License-Identifier: MIT
import type { Change, RunResult, Verdict } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { nightlyExitCode } from './run.js';

const night = (verdict: Verdict): RunResult =>
  ({ verdict, cells: [{ stages: [{ stage: 'build', verdict }] }] }) as unknown as RunResult;
const changes = (kind: Change['kind'], after: Verdict = 'FAIL') => ({
  changes: [{ kind, after } as Change],
});
const nothing = { changes: [] };

it.each([
  ['nothing new', 'PASS', nothing, 0, 0],
  ['a regression', 'FAIL', changes('regression'), 1, 1],
  ['a new failure', 'FAIL', changes('new-failure'), 1, 1],
  ['a failure that is known', 'FAIL', changes('still-failing'), 0, 1],
  ['something fixed', 'PASS', changes('fixed', 'PASS'), 0, 0],
  ['a machine out of order', 'ERROR', changes('disappeared', 'ERROR'), 3, 3],
  ['a compiler that never was there', 'MISS', nothing, 3, 3],
  ['a case that was left out', 'PASS', changes('disappeared', 'SKIP'), 0, 0],
] as const)('%s (%s) ends with %j: for new %i, for any %i', (_, verdict, comparison, forNew, forAny) => {
  expect(nightlyExitCode(night(verdict), comparison, 'new')).toBe(forNew);
  expect(nightlyExitCode(night(verdict), comparison, 'any')).toBe(forAny);
});

it('an ERROR beside what is good ends with 3, also on a first night and on every night on which it is left', () => {
  const cells = [...night('PASS').cells, ...night('ERROR').cells];
  const run = { ...night('ERROR'), cells } as RunResult;
  expect(nightlyExitCode(run, nothing, 'new')).toBe(3);
  expect(nightlyExitCode(run, changes('new-failure'), 'new')).toBe(1);
});

it('a cell without a compiler beside good ones is no news', () => {
  const run = {
    ...night('PASS'),
    cells: [...night('PASS').cells, ...night('MISS').cells],
    verdict: 'MISS',
  } as RunResult;
  expect(nightlyExitCode(run, nothing, 'new')).toBe(0);
});
