// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openState, remembered, type State, withLock, writeAtomic } from '@uio-msi/host';
import type { RunResult, StageResult, Verdict } from '@uio-msi/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeCell } from '../../test/fake-cell.js';
import { openLedger } from '../ledger/ledger.js';
import { watchLedger } from '../ledger/watched.js';
import { runFolder, runLock, withRun } from '../run/registry.js';
import { writeRun, writeUsed } from '../run/store.js';
import { prune } from './prune.js';

const DAY = 24 * 60 * 60 * 1000;
const RULE = { days: 30, runs: 1 };

let state: State;
beforeEach(async () => {
  state = await openState(await mkdtemp(join(tmpdir(), 'uio-msi-unused-')));
});
afterEach(() => rm(state.dir, { recursive: true }));

const daysAgo = (days: number): Date => new Date(Date.now() - days * DAY);
const age = (path: string, days: number) => utimes(state.path(path), daysAgo(days), daysAgo(days));

const built = (outputs: Record<string, string> = {}): StageResult => ({
  ...{ stage: 'build', verdict: 'PASS', seconds: 100, cached: false, reason: null },
  ...{ reproduce: '', log: null, findings: [], outputs },
});

/** A result in the ledger, with its log, last used so many days ago. */
const keep = async (key: string, days: number, outputs: Record<string, string> = {}): Promise<void> => {
  const log = state.path('build.log');
  await writeFile(log, 'CC uio_msi.o\n');
  await openLedger(state).put(key, built(outputs), log);
  for (const file of [`${key}.json`, `${key}.log.gz`]) await age(`ledger/build/${file}`, days);
};
const kept = async (): Promise<readonly string[]> => (await readdir(state.path('ledger', 'build'))).sort();

/** A run that ended so many days ago and relied on these; null: it is of before runs said so. */
const ran = (days: number, used: readonly string[] | null, verdict: Verdict = 'PASS'): Promise<string> =>
  withRun(state, daysAgo(days), async (begun) => {
    const { cell, key } = fakeCell();
    const run: RunResult = {
      ...{ version: 1, run: begun.run, series: 'tiny', revision: 'v1', verdict, tier: 'nightly' },
      ...{ started: daysAgo(days).toISOString(), seconds: 1, command: '' },
      cells: [{ ...cell, key, verdict, stages: [built()] }],
    };
    if (used !== null) await writeUsed(state, begun.run, used);
    await writeRun(state, run, begun);
    return begun.run;
  });

describe('results of the ledger', () => {
  it('go when nobody used them for long, and no kept run relied on them', async () => {
    await ran(60, ['build/good']);
    await ran(50, ['build/bad'], 'FAIL');
    await ran(40, ['build/late'], 'FAIL');
    for (const key of ['good', 'bad', 'late', 'nobodys']) await keep(key, 40);
    await keep('young', 20);
    const paths = ['bad', 'nobodys'].flatMap((key) => [
      `ledger/build/${key}.json`,
      `ledger/build/${key}.log.gz`,
    ]);
    expect((await prune(state, RULE, true)).unused.toSorted()).toEqual(paths);
    expect(await kept()).toHaveLength(10);
    await prune(state, RULE);
    const left = ['good', 'late', 'young'];
    expect(await kept()).toEqual(left.flatMap((key) => [`${key}.json`, `${key}.log.gz`]));
  });

  it('stay when they were found again since', async () => {
    await keep('old', 40);
    expect(await openLedger(state).get('build', 'old')).not.toBeNull();
    expect((await prune(state, RULE)).unused).toEqual([]);
  });

  it('stay for a run that does not say what it relied on, when it may have been there', async () => {
    const run = await ran(35, null);
    await keep('its', 40);
    expect((await prune(state, RULE)).unused).toEqual([]);
    await writeUsed(state, run, []);
    expect((await prune(state, RULE)).unused).toHaveLength(2);
  });

  it('stay for as long as a run is under way', async () => {
    await keep('old', 40);
    const running = '20261101T000000Z-aaaa';
    await mkdir(runFolder(state, running), { recursive: true });
    await withLock(runLock(state, running), async () => {
      expect((await prune(state, RULE)).unused).toEqual([]);
    });
  });

  it('keep the artefacts that they name, which a killed run may have built', async () => {
    await keep('killed', 2, { artefacts: 'artefacts/killed' });
    await keep('old', 40, { artefacts: 'artefacts/old' });
    for (const name of ['killed', 'old']) await mkdir(state.path('artefacts', name), { recursive: true });
    expect((await prune(state, RULE)).litter).toEqual(['artefacts/old']);
  });
});

it('removes answers that nobody asked for again, and nothing beside them', async () => {
  const ask = () => remembered(state.path('applied'), 'asked again', async () => 1);
  await ask();
  const [again = ''] = await readdir(state.path('applied'));
  const old = ['applied/old.json', 'guest/base-1.cpio', 'guest/accelerator.json', 'preflight/record.json'];
  for (const path of old) await writeAtomic(state.path(path), '{}');
  await mkdir(state.path('kernel-files', 'abc', 'scripts'), { recursive: true });
  for (const path of [...old, `applied/${again}`, 'kernel-files/abc']) await age(path, 31);
  await ask();
  await prune(state, RULE);
  expect(await readdir(state.path('applied'))).toEqual([again]);
  expect(await readdir(state.path('kernel-files'))).toEqual([]);
  expect(await readdir(state.path('guest'))).toEqual(['accelerator.json']);
  expect(await readdir(dirname(state.path('preflight/record.json')))).toEqual(['record.json']);
});

it('leaves alone a report that somebody is writing, and removes one that was left', async () => {
  const run = await ran(1, []);
  for (const name of ['report.now.tmp', 'report.left.tmp'])
    await mkdir(join(runFolder(state, run), name), { recursive: true });
  await age(`runs/${run}/report.left.tmp`, 1);
  expect((await prune(state, RULE)).litter).toEqual([`runs/${run}/report.left.tmp`]);
});

it('knows what a run relied on: what it found, and what it made that is kept', async () => {
  await keep('found', 1);
  const ledger = watchLedger(openLedger(state));
  await ledger.get('build', 'found');
  await ledger.get('build', 'unknown');
  await ledger.put('made', built(), null);
  await ledger.put('spoiled', { ...built(), verdict: 'ERROR' }, null);
  expect(ledger.used()).toEqual(['build/found', 'build/made']);
});
