// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, type State } from '@uio-msi/host';
import { type CellResult, type RunResult, type Verdict, worstVerdict } from '@uio-msi/model';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeCell } from '../../test/fake-cell.js';
import { withRun } from '../run/registry.js';
import { markTold, writeRun } from '../run/store.js';
import { comparisonOf } from './earlier.js';

let state: State;
beforeEach(async () => {
  state = await openState(await mkdtemp(join(tmpdir(), 'uio-msi-chosen-')));
});
afterEach(() => rm(state.dir, { recursive: true }));

const on = (line: string, verdict: Verdict): CellResult => {
  const { cell } = fakeCell();
  const more = { seconds: 7, cached: false, findings: [], reproduce: '', log: null, outputs: {} };
  const stage = { stage: 'build' as const, verdict, reason: verdict === 'PASS' ? null : 'why', ...more };
  return { ...cell, line, kernel: `${line}.0`, key: line, verdict, stages: [stage] };
};

/** Writes a run of cells that somebody chose of a tier, on a day of November. */
const chosen = (day: number, ...cells: readonly CellResult[]): Promise<RunResult> => {
  const started = new Date(Date.UTC(2026, 10, day));
  return withRun(state, started, async (begun) => {
    const verdict = worstVerdict(cells.map((cell) => cell.verdict));
    const run: RunResult = {
      ...{ version: 1, run: begun.run, series: 'tiny', revision: 'v1', verdict, tier: 'nightly' },
      ...{ chosen: true, started: started.toISOString(), seconds: 1, command: '', cells },
    };
    await writeRun(state, run, begun);
    await markTold(state, { before: null, after: run.run, changes: [] });
    return run;
  });
};
const told = async (run: RunResult) => {
  const { before, changes } = await comparisonOf(state, run);
  return [before, ...changes.map(({ kind, cell }) => `${cell.line} ${kind}`)];
};

it('is compared with a choice that lacks some of it, and only those are new', async () => {
  const first = await chosen(1, on('9.1', 'FAIL'), on('9.2', 'PASS'), on('9.3', 'FAIL'));
  const second = await chosen(2, on('9.1', 'FAIL'), on('9.2', 'FAIL'), on('9.4', 'PASS'), on('9.5', 'FAIL'));
  expect(await told(second)).toEqual([
    first.run,
    ...['9.2 regression', '9.5 new-failure', '9.1 still-failing', '9.4 appeared'],
  ]);
  expect(await told(await chosen(3, on('9.9', 'PASS')))).toEqual([null, '9.9 appeared']);
});

it('is compared with the night of all of it, however often some was run again since', async () => {
  await chosen(1, on('9.1', 'FAIL'), on('9.2', 'FAIL'), on('9.3', 'FAIL'));
  for (let day = 2; day < 14; day += 1) await chosen(day, on('9.1', 'PASS'));
  const last = await chosen(14, on('9.1', 'PASS'), on('9.2', 'FAIL'), on('9.3', 'PASS'));
  expect((await told(last)).slice(1)).toEqual(['9.2 still-failing', '9.3 fixed']);
});
