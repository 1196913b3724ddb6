// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, type State, withLock, writeAtomic } from '@uio-msi/host';
import type { CellResult, RunResult, RunSummary, Verdict } from '@uio-msi/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeCell } from '../../test/fake-cell.js';
import { runFolder, runLock, withRun } from '../run/registry.js';
import { listRuns, writeRun } from '../run/store.js';
import { comparisonOf } from './earlier.js';
import { runtimesOf } from './expected.js';
import { prune, runsToPrune } from './prune.js';
import { resolveRun } from './resolve.js';

let state: State;
beforeEach(async () => {
  state = await openState(await mkdtemp(join(tmpdir(), 'uio-msi-history-')));
});
afterEach(() => rm(state.dir, { recursive: true }));

const cellOf = (build: Verdict, outputs: Record<string, string> = {}): CellResult => {
  const { cell, key } = fakeCell();
  const stage = { seconds: 7, cached: false, reason: build === 'PASS' ? null : 'why', findings: [] };
  const more = { reproduce: '', log: null, outputs };
  return { ...cell, key, verdict: build, stages: [{ stage: 'build', verdict: build, ...stage, ...more }] };
};

/** Writes a run that ended; on a day of November. */
const night = (build: Verdict, day: number, changes: Partial<RunResult> = {}): Promise<RunResult> => {
  const started = new Date(Date.UTC(2026, 10, day));
  return withRun(state, started, async (begun) => {
    const run: RunResult = {
      ...{ version: 1, run: begun.run, series: 'tiny', revision: 'v1', verdict: build, tier: 'nightly' },
      ...{ started: started.toISOString(), seconds: 1, command: '', cells: [cellOf(build)] },
      ...changes,
    };
    await writeRun(state, run, begun);
    return run;
  });
};
const kinds = async (run: RunResult) => (await comparisonOf(state, run)).changes.map(({ kind }) => kind);

it('orders runs as they were, also when the clock was set back between them', async () => {
  const [first, second, third] = [await night('PASS', 20), await night('PASS', 10), await night('FAIL', 15)];
  expect(await listRuns(state)).toEqual([third.run, second.run, first.run]);
  expect((await comparisonOf(state, third)).before).toBe(second.run);
});

describe('a night is compared', () => {
  it('with the last of its tier and series', async () => {
    const like = await night('PASS', 1);
    await night('FAIL', 2, { tier: 'weekly' });
    await night('FAIL', 3, { series: 'other' });
    const now = await night('FAIL', 4);
    expect(await comparisonOf(state, now)).toMatchObject({
      before: like.run,
      changes: [{ kind: 'regression' }],
    });
  });

  it('with nothing when it is the first: then all that fails is new', async () => {
    expect(await kinds(await night('FAIL', 1))).toEqual(['new-failure']);
  });

  it('with the night before when the machine was out of order last night', async () => {
    await night('PASS', 1);
    await night('ERROR', 2);
    expect(await kinds(await night('FAIL', 3))).toEqual(['regression']);
    expect(await kinds(await night('MISS', 4))).toEqual(['disappeared']);
    expect(await kinds(await night('FAIL', 5))).toEqual(['still-failing']);
  });

  it('and told of what was good all the time nothing', async () => {
    await night('PASS', 1);
    expect(await kinds(await night('PASS', 2))).toEqual([]);
  });
});

describe('a run is named', () => {
  it('by its place, by its verdict, by its name and by its file', async () => {
    const [good, bad] = [await night('PASS', 1), await night('FAIL', 2)];
    const named = async (name: string) => (await resolveRun(state, name)).run;
    expect(await named('last')).toBe(bad.run);
    expect(await named('last~1')).toBe(good.run);
    expect(await named('last-good')).toBe(good.run);
    expect(await named(good.run)).toBe(good.run);
    expect(await named(runFolder(state, bad.run))).toBe(bad.run);
    expect(await named(join(runFolder(state, bad.run), 'run.json'))).toBe(bad.run);
  });

  it.each([
    ['last', 'no-run'],
    ['last-good', 'no-run'],
    ['20261101T000000Z-0000', 'unknown-run'],
    ['../../etc', 'not-a-run'],
    ['yesterday', 'unknown-run'],
  ])('%s, and there is none: %s', async (name, code) => {
    await expect(resolveRun(state, name)).rejects.toMatchObject({ code });
  });

  it('last~9, and there are two', async () => {
    await night('PASS', 1);
    await expect(resolveRun(state, 'last~9')).rejects.toMatchObject({ code: 'unknown-run' });
  });
});

describe('old runs', () => {
  const summary = (run: string, verdict: Verdict, day: number, tier = 'nightly'): RunSummary => ({
    ...{ version: 1, run, sequence: 0, series: 'tiny', revision: 'v1', tier, verdict, seconds: 1 },
    ...{ started: new Date(Date.UTC(2026, 10, day)).toISOString(), changes: null, cells: [] },
  });
  const now = new Date(Date.UTC(2026, 10, 22));

  it('go when they are older than the days and not among the newest', () => {
    const runs = [21, 20, 12, 5, 1].map((day) => summary(`r${day}`, 'PASS', day));
    expect(runsToPrune(runs, { days: 7, runs: 3 }, now)).toEqual(['r5', 'r1']);
    expect(runsToPrune(runs, { days: 12, runs: 1 }, now)).toEqual(['r5', 'r1']);
  });

  it('stay when they are the last good one of their tier, or what a kept one was compared with', () => {
    const runs = [
      summary('e', 'FAIL', 21),
      summary('d', 'FAIL', 3),
      summary('c', 'PASS', 2),
      summary('b', 'PASS', 1),
      summary('a', 'PASS', 1, 'weekly'),
    ];
    expect(runsToPrune(runs, { days: 7, runs: 1 }, now)).toEqual(['d', 'b']);
    expect(runsToPrune(runs, { days: 7, runs: 1 }, now, (run) => (run === 'e' ? 'd' : null))).toEqual(['b']);
  });

  it('take artefacts with them that nobody names, and what was left by who was killed', async () => {
    const kept = await night('PASS', 1, { cells: [cellOf('PASS', { artefacts: 'artefacts/kept' })] });
    for (const name of ['kept', 'gone', 'half.tmp'])
      await mkdir(state.path('artefacts', name), { recursive: true });
    await writeAtomic(state.path('ledger', 'build', 'x.json'), '{}');
    await writeFile(state.path('ledger', 'build', 'x.json.1a2b.tmp'), '');
    const dead = '20261101T000000Z-dead';
    await mkdir(runFolder(state, dead), { recursive: true });
    const { litter } = await prune(state, { days: 1, runs: 5 }, true);
    expect(litter).toEqual([
      `runs/${dead}`,
      'artefacts/half.tmp',
      'ledger/build/x.json.1a2b.tmp',
      'artefacts/gone',
    ]);
    await prune(state, { days: 1, runs: 5 });
    expect(await readdir(state.path('artefacts'))).toEqual(['kept']);
    expect(await readdir(state.path('ledger', 'build'))).toEqual(['x.json']);
    expect(await readdir(state.path('runs'))).toEqual([kept.run]);
  });

  it('leave alone what a run under way may use', async () => {
    await mkdir(state.path('artefacts', 'new'), { recursive: true });
    const running = '20261101T000000Z-aaaa';
    await mkdir(runFolder(state, running), { recursive: true });
    await withLock(runLock(state, running), async () => {
      expect(await prune(state, { days: 1, runs: 1 })).toEqual({ runs: [], litter: [] });
    });
    expect(await readdir(state.path('artefacts'))).toEqual(['new']);
  });
});

it('expects what a stage took last, on another kernel if on none else, and says when nobody knows', () => {
  const { cell, key } = fakeCell();
  const took = (seconds: number, line: string) => ({
    cells: [{ ...cell, line, key, verdict: 'PASS' as const, stages: [['build', 'PASS', seconds] as const] }],
  });
  const times = runtimesOf([took(5, '9.1'), took(50, '9.1'), took(70, '8.0')]);
  const planned = (line: string) => ({ ...fakeCell(), cell: { ...cell, line } });
  expect([times.of('build', planned('9.1')), times.of('build', planned('8.0'))]).toEqual([5, 70]);
  expect([times.of('build', planned('7.0')), times.of('boot', planned('9.1'))]).toEqual([5, null]);
});
