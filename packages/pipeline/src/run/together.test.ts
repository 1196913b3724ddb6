// SPDX-License-Identifier: MIT
import { Interrupted, STAGES, type StageName } from '@uio-msi/model';
import { beforeEach, expect, it } from 'vitest';
import { type FakeRuns, useFakeRuns } from '../../test/fake-runs.js';
import type { Behaviour } from '../../test/fake-stages.js';

const IN_STORE: readonly StageName[] = ['source', 'apply', 'check'];
const { now, runWith } = useFakeRuns((stage) => ({ ...stage, inStore: IN_STORE.includes(stage.name) }));
let { did, events } = {} as FakeRuns;
beforeEach(() => {
  ({ did, events } = now());
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
