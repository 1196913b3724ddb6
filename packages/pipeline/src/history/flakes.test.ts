// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, type State } from '@uio-msi/host';
import type { RunResult } from '@uio-msi/model';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeCell } from '../../test/fake-cell.js';
import { withRun } from '../run/registry.js';
import { markTold, writeRun } from '../run/store.js';
import { comparisonOf } from './earlier.js';

let state: State;
beforeEach(async () => {
  state = await openState(await mkdtemp(join(tmpdir(), 'uio-msi-flakes-')));
});
afterEach(() => rm(state.dir, { recursive: true }));

/** A night whose suite failed for a reason before it passed; null: it passed at once. What it said is new. */
const night = (flaky: string | null, told = true): Promise<readonly (string | null)[]> =>
  withRun(state, new Date(), async (begun) => {
    const { cell, key } = fakeCell();
    const attempts = flaky === null ? [] : [{ verdict: 'FAIL' as const, reason: flaky, seconds: 1 }];
    const run: RunResult = {
      ...{ version: 1, run: begun.run, series: 'tiny', revision: 'v1', verdict: 'PASS', tier: 'nightly' },
      ...{ started: new Date().toISOString(), seconds: 1, command: '' },
      cells: [
        {
          ...{ ...cell, key, verdict: 'PASS' },
          stages: [
            {
              ...{ stage: 'conform', verdict: 'PASS', seconds: 1, cached: false, reason: null },
              ...{ reproduce: '', log: null, findings: [], outputs: {}, attempts },
            },
          ],
        },
      ],
    };
    await writeRun(state, run, begun);
    const comparison = await comparisonOf(state, run);
    if (told) await markTold(state, comparison);
    return comparison.changes.filter(({ kind }) => kind === 'flaky').map(({ reason }) => reason);
  });

it('is told of a flake once, also when it does not come every night', async () => {
  expect(await night(null)).toEqual([]);
  expect(await night('lost 1', false)).toEqual(['lost 1']);
  expect(await night('lost 1')).toEqual(['lost 1']);
  expect(await night('lost 2')).toEqual([]);
  expect(await night(null)).toEqual([]);
  expect(await night('lost 1')).toEqual([]);
  expect(await night('came late')).toEqual(['came late']);
});
