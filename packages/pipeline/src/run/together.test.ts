// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, type State } from '@uio-msi/host';
import { Interrupted, type ProgressEvent, STAGES, type StageName } from '@uio-msi/model';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeCell } from '../../test/fake-cell.js';
import { type Behaviour, fakeStages } from '../../test/fake-stages.js';
import { type RunRequest, runCells } from './run.js';

let state: State;
let did: StageName[];
let events: ProgressEvent[];
beforeEach(async () => {
  state = await openState(await mkdtemp(join(tmpdir(), 'uio-msi-together-')));
  did = [];
  events = [];
});
afterEach(() => rm(state.dir, { recursive: true }));

const IN_STORE: readonly StageName[] = ['source', 'apply', 'check'];
const runWith = (behave: Behaviour, changes: Partial<RunRequest> = {}) =>
  runCells({
    state,
    cells: [fakeCell()],
    stages: null,
    command: './uio-msi check',
    suiteBundle: () => Promise.reject(new Error('there is no suite')),
    progress: (event) => events.push(event),
    signal: new AbortController().signal,
    table: fakeStages(async (stage) => {
      did.push(stage);
      return behave(stage);
    }).map((stage) => ({ ...stage, inStore: IN_STORE.includes(stage.name) })),
    ...changes,
  });
const good: Behaviour = async () => ({});

it('waits for another run on the same cell, says so, and does nothing twice', {
  timeout: 60_000,
}, async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = runWith(async (stage) => {
    if (stage === 'build') await held;
    return {};
  });
  await expect.poll(() => did, { timeout: 20_000 }).toContain('build');
  const second = runWith(good);
  await expect
    .poll(() => events.filter(({ type }) => type === 'note'), { timeout: 20_000 })
    .toEqual([
      {
        type: 'note',
        text: expect.stringMatching(/waiting for another run to end \(process \d+ since .*\)/),
      },
    ]);
  release();
  await first;
  expect((await second).cells[0]?.stages.every(({ cached }) => cached)).toBe(true);
  expect(did).toEqual(STAGES);
});

it('asks whether a series applies while another run builds', { timeout: 60_000 }, async () => {
  const building = new AbortController();
  const first = runWith(
    async (stage) => {
      if (stage !== 'build') return {};
      await new Promise((resolve) => building.signal.addEventListener('abort', resolve));
      throw new Interrupted('SIGINT');
    },
    { signal: building.signal },
  );
  await expect.poll(() => did, { timeout: 20_000 }).toContain('build');
  const { verdict } = await runWith(good, { stages: ['apply'] });
  building.abort();
  await expect(first).rejects.toThrow(Interrupted);
  expect(verdict).toBe('PASS');
});
