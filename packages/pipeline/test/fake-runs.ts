// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, type State } from '@uio-msi/host';
import type { ProgressEvent, RunResult, StageName } from '@uio-msi/model';
import { afterEach, beforeEach } from 'vitest';
import { type RunRequest, runCells } from '../src/run/run.js';
import type { Stage } from '../src/stage/stage.js';
import { fakeCell } from './fake-cell.js';
import { type Behaviour, fakeStages } from './fake-stages.js';

/** What runs of fake stages have to do with, new for each test. */
export interface FakeRuns {
  readonly state: State;
  /** The stages that were run, not looked up. */
  readonly did: StageName[];
  readonly events: ProgressEvent[];
}

/**
 * Runs of fake stages in a state folder of the test's own.
 *
 * @param change makes other stages of the fake ones
 */
export const useFakeRuns = (
  change: (stage: Stage) => Stage = (stage) => stage,
): {
  readonly now: () => FakeRuns;
  readonly runWith: (behave: Behaviour, changes?: Partial<RunRequest>) => Promise<RunResult>;
} => {
  let runs: FakeRuns;
  beforeEach(async () => {
    runs = { state: await openState(await mkdtemp(join(tmpdir(), 'uio-msi-run-'))), did: [], events: [] };
  });
  afterEach(() => rm(runs.state.dir, { recursive: true }));
  return {
    now: () => runs,
    runWith: (behave, changes = {}) => {
      const { state, did, events } = runs;
      const stages = fakeStages(async (stage) => {
        did.push(stage);
        return behave(stage);
      });
      return runCells({
        state,
        cells: [fakeCell()],
        stages: null,
        command: './uio-msi check',
        suiteBundle: () => Promise.reject(new Error('there is no suite')),
        progress: (event) => events.push(event),
        signal: new AbortController().signal,
        table: stages.map(change),
        ...changes,
      });
    },
  };
};
