// SPDX-License-Identifier: MIT
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState } from '@uio-msi/host';
import type { RunResult } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { fakeCell } from '../../test/fake-cell.js';
import { runFolder } from './registry.js';
import { readSummary, writeRun } from './store.js';

it.each([
  ['seconds', null],
  ['started', 5],
  ['cells', [null]],
  ['cells', [{}]],
])('takes a run whose %s are %j for none: history goes on without it', async (field, value) => {
  const state = await openState(await mkdtemp(join(tmpdir(), 'uio-msi-damaged-')));
  try {
    const { cell, key } = fakeCell();
    const run: RunResult = {
      ...{ version: 1, run: '20261122T081500Z-0001', series: 'tiny', revision: 'v1', verdict: 'PASS' },
      ...{ started: '2026-11-22T08:15:00.000Z', seconds: 1, command: '' },
      cells: [{ ...cell, key, verdict: 'SKIP', stages: [] }],
    };
    await writeRun(state, run);
    expect(await readSummary(state, run.run)).toMatchObject({ run: run.run });
    for (const file of ['summary.json', 'run.json'])
      await writeFile(join(runFolder(state, run.run), file), JSON.stringify({ ...run, [field]: value }));
    expect(await readSummary(state, run.run)).toBeNull();
  } finally {
    await rm(state.dir, { recursive: true });
  }
});
