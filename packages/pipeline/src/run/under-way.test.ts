// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openState, type State } from '@uio-msi/host';
import { silent, type Verdict } from '@uio-msi/model';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeCell } from '../../test/fake-cell.js';
import { fakeStages } from '../../test/fake-stages.js';
import { runCells } from './run.js';

let state: State;
beforeEach(async () => {
  state = await openState(await mkdtemp(join(tmpdir(), 'uio-msi-under-way-')));
});
afterEach(() => rm(state.dir, { recursive: true }));

/** Three cells at once, whose check is the same; how often it was done, and what came of them. */
const checkThree = async (verdicts: readonly Verdict[]) => {
  let began = 0;
  const table = fakeStages(async () => ({})).map((stage) =>
    stage.name === 'check'
      ? {
          ...stage,
          key: async () => 'the same for all',
          run: async () => {
            const verdict = verdicts[began++] ?? 'PASS';
            await sleep(50);
            return { verdict, reason: verdict === 'PASS' ? null : 'so it was' };
          },
        }
      : stage,
  );
  const { cells } = await runCells({
    state,
    table,
    cells: ['9.1.0', '9.0.7', '8.9.1'].map((version) => fakeCell(version)),
    stages: ['check'],
    command: './uio-msi nightly',
    suiteBundle: () => Promise.reject(new Error('there is no suite')),
    progress: silent,
    signal: new AbortController().signal,
    amounts: { processors: 4, memory: 4000 },
  });
  return { began, verdicts: cells.map(({ verdict }) => verdict).sort() };
};

it('does what several cells share once', async () => {
  expect(await checkThree([])).toEqual({ began: 1, verdicts: ['PASS', 'PASS', 'PASS'] });
});

it('does it again when what came of it is not kept', async () => {
  expect(await checkThree(['ERROR'])).toEqual({ began: 2, verdicts: ['ERROR', 'PASS', 'PASS'] });
});
