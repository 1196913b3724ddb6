// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, type State, withLock, writeAtomic } from '@uio-msi/host';
import type { CellResult, Depth, RunResult, RunSummary, Verdict } from '@uio-msi/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeCell } from '../../test/fake-cell.js';
import { runFolder, runLock, withRun } from '../run/registry.js';
import { listRuns, markTold, writeComparison, writeRun } from '../run/store.js';
import { comparisonOf } from './earlier.js';
import { runtimesOf } from './expected.js';
import { prune, runsToPrune } from './prune.js';
import { resolveRun } from './resolve.js';

const NOTHING = { runs: [], litter: [], unused: [], folders: [] };

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

/** Writes a run that ended and was told; on a day of November. */
const night = async (build: Verdict, day: number, changes: Partial<RunResult> = {}): Promise<RunResult> => {
  const run = await killedNight(build, day, changes);
  await markTold(state, { before: null, after: run.run, changes: [] });
  return run;
};
/** Writes a run that was killed behind its result. */
const killedNight = (build: Verdict, day: number, changes: Partial<RunResult> = {}): Promise<RunResult> => {
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

  it('with the night before again for as long as the machine is out of order', async () => {
    await night('PASS', 1);
    for (const day of [2, 3, 4]) expect(await kinds(await night('ERROR', day))).toEqual(['disappeared']);
    expect(await kinds(await night('FAIL', 5))).toEqual(['regression']);
  });

  it('with none that was killed before it told what it found', async () => {
    const good = await night('PASS', 1);
    const killed = await killedNight('FAIL', 2);
    await writeComparison(state, { before: good.run, after: killed.run, changes: [] });
    const now = await night('FAIL', 3);
    expect(await comparisonOf(state, now)).toMatchObject({
      before: good.run,
      changes: [{ kind: 'regression' }],
    });
  });

  it('with none that cannot be read', async () => {
    const good = await night('PASS', 1);
    const damaged = await night('FAIL', 2);
    await writeFile(join(runFolder(state, damaged.run), 'run.json'), '{"version": 1, "ru');
    expect((await comparisonOf(state, await night('FAIL', 3))).before).toBe(good.run);
  });

  it('and cells of it that somebody chose are no night, and are compared with one', async () => {
    const on = (line: string, build: Verdict) => ({ ...cellOf(build), line, kernel: `${line}.0` });
    const whole = await night('PASS', 1, { cells: [on('9.1', 'PASS'), on('9.2', 'PASS')] });
    const some = await night('FAIL', 2, { chosen: true, cells: [on('9.2', 'FAIL')] });
    expect(await comparisonOf(state, some)).toMatchObject({
      before: whole.run,
      changes: [{ kind: 'regression', cell: { line: '9.2' } }],
    });
    const again = await night('FAIL', 3, { chosen: true, cells: [on('9.2', 'FAIL')] });
    expect((await comparisonOf(state, again)).before).toBe(some.run);
    const other = await night('PASS', 4, { chosen: true, cells: [on('9.1', 'PASS')] });
    expect(await comparisonOf(state, other)).toMatchObject({ before: whole.run, changes: [] });
    const next = await night('PASS', 5, { cells: [on('9.1', 'PASS'), on('9.2', 'PASS')] });
    expect(await comparisonOf(state, next)).toMatchObject({ before: whole.run, changes: [] });
  });

  it('with what an earlier compiler gave when the last night had none', async () => {
    await night('PASS', 1);
    const by = (build: Verdict) => [{ ...cellOf(build), toolchain: 'gcc-14' }];
    expect(await kinds(await night('ERROR', 2, { cells: by('ERROR') }))).toEqual(['disappeared']);
    expect(await kinds(await night('FAIL', 3, { cells: by('FAIL') }))).toEqual(['regression']);
  });

  it('and told of what was good all the time nothing', async () => {
    await night('PASS', 1);
    expect(await kinds(await night('PASS', 2))).toEqual([]);
  });
});

describe('cells that somebody chose, of no tier', () => {
  const chosen = (build: Verdict, day: number, depth: Depth) =>
    night(build, day, { tier: undefined as never, cells: [{ ...cellOf(build), depth }] });

  it('are compared at the same depth', async () => {
    const quick = await chosen('PASS', 1, 'quick');
    const full = await chosen('FAIL', 2, 'full');
    expect((await comparisonOf(state, full)).before).toBeNull();
    expect((await comparisonOf(state, await chosen('PASS', 3, 'quick'))).before).toBe(quick.run);
  });
});

describe('a run is named', () => {
  it('by its place, by its verdict and by its name', async () => {
    const [good, bad] = [await night('PASS', 1), await night('FAIL', 2)];
    const named = async (name: string) => (await resolveRun(state, name)).run;
    expect(await named('last')).toBe(bad.run);
    expect(await named('last~1')).toBe(good.run);
    expect(await named('last-good')).toBe(good.run);
    expect(await named(good.run)).toBe(good.run);
  });

  it.each([
    ['last', 'no-run'],
    ['last-good', 'no-run'],
    ['20261101T000000Z-0000', 'unknown-run'],
    ['../../etc', 'unknown-run'],
    ['yesterday', 'unknown-run'],
  ])('%s, and there is none: %s', async (name, code) => {
    await expect(resolveRun(state, name)).rejects.toMatchObject({ code });
  });

  it('last-good, which is a whole tier and not what somebody chose of it', async () => {
    const chosen = await night('PASS', 1, { chosen: true });
    expect((await resolveRun(state, 'last-good')).run).toBe(chosen.run);
    const whole = await night('PASS', 2);
    await night('FAIL', 3);
    await night('PASS', 4, { chosen: true });
    const { tier: _, ...check } = await night('PASS', 5);
    expect(check.run).not.toBe(whole.run);
    await rm(runFolder(state, check.run), { recursive: true });
    expect((await resolveRun(state, 'last-good')).run).toBe(whole.run);
  });

  it('and its result is damaged', async () => {
    const { run } = await night('PASS', 1);
    await writeFile(join(runFolder(state, run), 'run.json'), '{"version": 1, "ru');
    await expect(resolveRun(state, run)).rejects.toMatchObject({ code: 'damaged-run' });
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

  it('that are whole do not go for one of chosen cells', () => {
    const runs = [
      { ...summary('c', 'PASS', 21), chosen: true as const },
      { ...summary('b', 'FAIL', 2), chosen: true as const },
      summary('a', 'PASS', 1),
    ];
    expect(runsToPrune(runs, { days: 7, runs: 1 }, now)).toEqual(['b']);
  });

  it('that cannot be read stay for the days, and all artefacts, which may be theirs', async () => {
    await mkdir(state.path('artefacts', 'whose'), { recursive: true });
    await night('PASS', 1);
    const damaged = await night('PASS', 2);
    await writeFile(join(runFolder(state, damaged.run), 'run.json'), '{"version": 1, "ru');
    expect(await prune(state, { days: 1, runs: 5 })).toEqual(NOTHING);
    await writeFile(join(runFolder(state, damaged.run), 'summary.json'), '');
    expect(await prune(state, { days: 1, runs: 5 })).toEqual(NOTHING);
    expect(await readdir(state.path('artefacts'))).toEqual(['whose']);
    expect(await readdir(state.path('runs'))).toHaveLength(2);
    // For as many days as others.
    const old = new Date(Date.now() - 25 * 60 * 60 * 1000);
    await utimes(join(runFolder(state, damaged.run), 'run.json'), old, old);
    expect(await prune(state, { days: 2, runs: 5 })).toEqual(NOTHING);
    const { runs, litter } = await prune(state, { days: 1, runs: 5 });
    expect({ runs, litter }).toEqual({ runs: [damaged.run], litter: ['artefacts/whose'] });
  });

  it('take artefacts with them that nobody names, and what was left by who was killed', async () => {
    const kept = await night('PASS', 1, { cells: [cellOf('PASS', { artefacts: 'artefacts/kept' })] });
    for (const name of ['kept', 'gone', 'half.tmp'])
      await mkdir(state.path('artefacts', name), { recursive: true });
    await writeAtomic(state.path('ledger', 'build', 'x.json'), '{}');
    await writeFile(state.path('ledger', 'build', 'x.json.1a2b.tmp'), '');
    const dead = '20261101T000000Z-dead';
    await mkdir(runFolder(state, dead), { recursive: true });
    await symlink('runs/gone/report', state.path('latest.0a1b2c3d4e5f.tmp'));
    const { litter } = await prune(state, { days: 1, runs: 5 }, true);
    expect(litter).toEqual([
      `runs/${dead}`,
      'latest.0a1b2c3d4e5f.tmp',
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
      expect(await prune(state, { days: 1, runs: 1 })).toEqual(NOTHING);
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

it('expects of a depth what it took at that depth, and of another where there is nothing else', () => {
  const { cell, key } = fakeCell();
  const took = (seconds: number, depth: Depth) => ({
    cells: [
      { ...cell, key, depth, verdict: 'PASS' as const, stages: [['conform', 'PASS', seconds] as const] },
    ],
  });
  const times = runtimesOf([took(90, 'quick'), took(3600, 'full')]);
  const at = (depth: Depth) => times.of('conform', { ...fakeCell(), depth });
  expect([at('quick'), at('full'), at('standard')]).toEqual([90, 3600, 90]);
});
