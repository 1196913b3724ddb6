// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState } from '@uio-msi/host';
import type { Comparison, ProgressEvent, RunResult, Verdict } from '@uio-msi/model';
import { listRuns, runFolder } from '@uio-msi/pipeline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { result } from '../../testing/result.js';
import { ROOT } from '../world/root.js';
import type { World } from '../world/world.js';
import { showReport } from './show.js';
import { type MergeOptions, showMerged } from './whole.js';

let dir: string;
let notes: string[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-whole-'));
  notes = [];
});
afterEach(() => rm(dir, { recursive: true }));

const world = (state = 'here'): World => ({
  ...{ root: ROOT, stateDir: join(dir, state), color: false, commandLine: './uio-msi report merge' },
  openState: () => openState(join(dir, state)),
  progress: (event: ProgressEvent) => {
    if (event.type === 'note') notes.push(event.text);
  },
  caller: { yes: false, terminal: false, root: false, ask: async () => false },
  signal: new AbortController().signal,
});

/** Writes what a job left, below the results of a day. */
const job = async (day: number, kernel: string, verdict: Verdict, changes: Partial<RunResult> = {}) => {
  const folder = join(dir, `results-${day}`, `result-${kernel}`);
  await mkdir(folder, { recursive: true });
  const run = result(`202611${day}T081500Z-${kernel.replaceAll('.', '')}`, verdict, kernel, {
    ...{ tier: 'nightly', chosen: true, started: `2026-11-${day}T08:15:00.000Z` },
    ...changes,
  });
  await writeFile(join(folder, 'result.json'), JSON.stringify(run));
};

type Whole = RunResult & { readonly comparison: Comparison };
const merge = async (day: number, options: Partial<MergeOptions> = {}, state = `${day}`) => {
  const { json, ...told } = await showMerged(
    [join(dir, `results-${day}`)],
    { failOn: 'new', ...options },
    world(state),
  );
  const whole = json as Whole;
  await mkdir(join(dir, 'nights'), { recursive: true });
  await writeFile(join(dir, 'nights', `${day}.json`), JSON.stringify(whole));
  return { ...told, whole, kinds: whole.comparison.changes.map(({ kind }) => kind) };
};
const nights = () => ({ before: [join(dir, 'nights')] });

const plan = async (...kernels: readonly string[]): Promise<string> => {
  const include = kernels.map((kernel) => ({ name: `job ${kernel}`, cells: `${kernel}/x86_64/gcc/minimal` }));
  await writeFile(join(dir, 'plan.json'), JSON.stringify({ include }));
  return join(dir, 'plan.json');
};

describe('a merged night', () => {
  it('is compared with the one before of the state folder, and says so', async () => {
    await job(21, '7.2.6', 'FAIL');
    await job(22, '7.2.6', 'FAIL');
    const first = await merge(21, {}, 'here');
    expect([first.exitCode, first.kinds]).toEqual([1, ['new-failure']]);
    expect(first.text).toContain('compared with nothing: there is no earlier run like it');
    const second = await merge(22, {}, 'here');
    expect([second.exitCode, second.kinds]).toEqual([0, ['still-failing']]);
    expect(second.text).toContain(`compared with ${first.whole.run}: 1 still failing`);
    expect((await merge(22, { failOn: 'any' }, 'here')).exitCode).toBe(1);
    expect((await merge(22, { failOn: 'never' }, 'there')).exitCode).toBe(0);
  });

  it('is compared with nights that were brought, on a machine that knows of none', async () => {
    await mkdir(join(dir, 'nights'));
    for (const [day, verdict] of [
      [20, 'PASS'],
      [21, 'FAIL'],
      [22, 'FAIL'],
    ] as const)
      await job(day, '7.2.6', verdict);
    expect(await merge(20, nights())).toMatchObject({ exitCode: 0, kinds: ['appeared'] });
    expect(await merge(21, nights())).toMatchObject({ exitCode: 1, kinds: ['regression'] });
    const { whole, text, exitCode } = await merge(22, nights());
    expect(exitCode).toBe(0);
    expect(text).toMatch(/compared with \S+: 1 still failing/);
    const state = await world('22').openState();
    expect(await listRuns(state)).toEqual([whole.run]);
    const page = () => readFile(join(runFolder(state, whole.run), 'report/index.html'), 'utf8');
    const whole21 = JSON.parse(await readFile(join(dir, 'nights/21.json'), 'utf8')) as Whole;
    for (const text of ['Nothing new, 1 still failing', whole21.run, '1 regression'])
      expect(await page()).toContain(text);
    // Written again, without the nights at hand.
    await rm(join(dir, 'nights'), { recursive: true });
    await showReport(null, {}, world('22'));
    expect(await page()).toContain('Nothing new, 1 still failing');
  });

  it('knows what failed before the night on which its job died', async () => {
    await job(20, '7.2.6', 'FAIL');
    await job(20, '6.12.1', 'PASS');
    await job(21, '6.12.1', 'PASS');
    await job(22, '7.2.6', 'FAIL');
    await job(22, '6.12.1', 'PASS');
    const planned = { plan: await plan('7.2.6', '6.12.1') };
    await merge(20, planned);
    expect(await merge(21, { ...planned, ...nights() })).toMatchObject({ exitCode: 3 });
    expect(await merge(22, { ...planned, ...nights() })).toMatchObject({
      ...{ exitCode: 0, kinds: ['still-failing'] },
    });
  });

  it('of one job is one as well', async () => {
    await job(21, '7.2.6', 'PASS');
    expect((await merge(21)).whole.cells).toMatchObject([{ verdict: 'PASS', kernel: '7.2.6' }]);
  });

  it('of no job is one of which all is MISS, where it is said what was planned', async () => {
    await mkdir(join(dir, 'results-21'));
    await expect(merge(21)).rejects.toMatchObject({ code: 'nothing-to-merge' });
    const { exitCode, whole, text } = await merge(21, { plan: await plan('7.2.6', '6.12.1') });
    expect([exitCode, whole.verdict, whole.series]).toEqual([3, 'MISS', 'uio_msi']);
    expect(whole.cells.map(({ kernel }) => kernel)).toEqual(['7.2.6', '6.12.1']);
    expect(text).toContain('the job "job 7.2.6" reported nothing of it');
    const lost = await showMerged([], { failOn: 'new', plan: await plan('7.2.6') }, world('none'));
    expect(lost.exitCode).toBe(3);
  });

  it.each([
    ['half a file', '{"version": 1, "ru', 'no JSON'],
    [
      'an error',
      JSON.stringify({ version: 1, error: { code: 'no-disk', message: 'the disk is full' } }),
      'disk is full',
    ],
  ])('goes on without a job that left %s, and says so', async (_, text, why) => {
    await job(21, '7.2.6', 'PASS');
    await job(21, '6.12.1', 'PASS');
    await writeFile(join(dir, 'results-21/result-6.12.1/result.json'), text);
    await expect(merge(21)).rejects.toMatchObject({ code: 'bad-result', why: expect.stringContaining(why) });
    const { exitCode, whole } = await merge(21, { plan: await plan('7.2.6', '6.12.1') });
    expect(exitCode).toBe(3);
    expect(whole.cells.map(({ verdict }) => verdict)).toEqual(['PASS', 'MISS']);
    expect(notes).toEqual([expect.stringContaining(why)]);
  });

  it('is compared with the nights that can be read, where others are beside them', async () => {
    await job(20, '7.2.6', 'FAIL');
    await job(21, '7.2.6', 'FAIL');
    await merge(20);
    const half = join(dir, 'nights', '19.json');
    await writeFile(half, '{"version": 1, "ru');
    expect(await merge(21, nights())).toMatchObject({ exitCode: 0, kinds: ['still-failing'] });
    expect(notes).toEqual([expect.stringContaining('19.json')]);
    await expect(merge(21, { before: [half] })).rejects.toMatchObject({ code: 'bad-result' });
  });

  it('is not compared with nights of another series, and leaves nothing behind then', async () => {
    await job(20, '7.2.6', 'PASS', { series: 'other' });
    await job(21, '7.2.6', 'PASS');
    const other = join(dir, 'results-20');
    const refused = merge(21, { before: [join(other, 'result-7.2.6/result.json')] });
    await expect(refused).rejects.toMatchObject({ code: 'other-content' });
    await expect(merge(21, { before: [join(dir, 'gone.json')] })).rejects.toMatchObject({
      code: 'no-result',
    });
    expect(await listRuns(await world('21').openState())).toEqual([]);
    // Where it was only found.
    expect(await merge(21, { before: [other] })).toMatchObject({ exitCode: 0 });
    expect(notes).toContainEqual(expect.stringContaining('is of other'));
  });
});

it('a file from another machine is shown like a run of this one', async () => {
  await job(21, '7.2.6', 'FAIL');
  const { text, json } = await showReport(join(dir, 'results-21/result-7.2.6/result.json'), {}, world());
  expect(text).toContain('FAIL 7.2.6-x86_64-gcc-12-minimal\n  build    FAIL');
  expect(await listRuns(await world().openState())).toEqual([json.run]);
});
