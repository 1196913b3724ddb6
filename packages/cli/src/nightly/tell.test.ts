// SPDX-License-Identifier: MIT
import type { Change, RunResult, Verdict } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { nightlyExitCode, tellNight } from './tell.js';

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

it('what no machine said a word of is not good, on any night', () => {
  expect(nightlyExitCode(night('PASS'), nothing, 'new', 1)).toBe(3);
  expect(nightlyExitCode(night('FAIL'), changes('regression'), 'new', 1)).toBe(1);
  expect(nightlyExitCode(night('FAIL'), changes('regression'), 'never', 1)).toBe(0);
});

const run = (...cells: readonly (readonly [key: string, build: Verdict])[]): RunResult => ({
  ...{ version: 1, run: 'the-night', series: 'tiny', revision: 'v1', verdict: 'FAIL', seconds: 1 },
  ...{ started: '2026-11-22T08:15:00.000Z', command: '' },
  cells: cells.map(([key, verdict]) => ({
    ...{ series: 'tiny', revision: 'v1', line: '7.2', kernel: '7.2.6', arch: 'x86_64', toolchain: 'gcc-12' },
    ...{ config: 'minimal', key, verdict },
    stages: (['apply', 'build'] as const).map((stage) => ({
      ...{ stage, verdict: stage === 'build' ? verdict : 'PASS', seconds: 1, cached: false, reason: 'oh' },
      ...{ reproduce: './uio-msi build', log: null, findings: [], outputs: {} },
    })),
  })),
});
const told = (result: RunResult) =>
  tellNight(result, { before: 'monday', after: result.run, changes: [] }, { color: false }, '/r/index.html');

it('tells the stages that are bad, what it was compared with, and where the report is', () => {
  const text = told(run(['good', 'PASS'], ['bad', 'FAIL']));
  expect(text).toContain('FAIL bad\n  build    FAIL');
  expect(text).not.toMatch(/good|apply/);
  expect(text).toContain('compared with monday: nothing changed\nreport: /r/index.html');
});

it('does not tell ten thousand cells one by one', () => {
  const text = told(run(...Array.from({ length: 10_000 }, (_, at) => [`cell-${at}`, 'MISS'] as const)));
  expect(text.split('\n').length).toBeLessThan(200);
  expect(text).toContain('… and 9970 more cells in the report');
});
