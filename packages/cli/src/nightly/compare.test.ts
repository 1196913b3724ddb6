// SPDX-License-Identifier: MIT
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState } from '@uio-msi/host';
import { cellKey, type RunResult, type StageName, silent, type Verdict } from '@uio-msi/model';
import { runFolder, writeRun } from '@uio-msi/pipeline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { World } from '../world/world.js';
import { compareTwo } from './compare.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-compare-'));
});
afterEach(() => rm(dir, { recursive: true }));

const world = (): World => ({
  root: dir,
  stateDir: join(dir, 'state'),
  openState: () => openState(join(dir, 'state')),
  caller: { mayInstall: false, ask: null } as unknown as World['caller'],
  progress: silent,
  signal: new AbortController().signal,
  color: false,
  commandLine: './uio-msi compare',
});
const compare = (before?: string, after?: string) => compareTwo([before, after], {}, world());

const result = (run: string, verdict: Verdict, stageName: StageName = 'build'): RunResult => {
  const axes = { line: '7.2', kernel: '7.2.6', arch: 'x86_64', toolchain: 'gcc-12', config: 'minimal' };
  const cell = { series: 'tiny', revision: 'v1', ...axes };
  const stage = { stage: stageName, verdict, seconds: 1, cached: false, reason: 'oh' } as const;
  const more = { reproduce: './uio-msi build', log: null, findings: [], outputs: {} };
  return {
    ...{ version: 1, run, series: 'tiny', revision: 'v1', verdict, seconds: 1, command: './uio-msi check' },
    started: '2026-11-22T08:15:00.000Z',
    cells: [{ ...cell, key: cellKey(cell), verdict, stages: [{ ...stage, ...more }] }],
  };
};
const file = async (name: string, content: unknown): Promise<string> => {
  const path = join(dir, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

it('compares what --json wrote with a run and with its folder', async () => {
  const state = await world().openState();
  const bad = result('20261123T081500Z-0002', 'FAIL');
  await writeRun(state, bad);
  const good = await file('good.json', result('20261122T081500Z-0001', 'PASS'));
  for (const name of ['last', bad.run, runFolder(state, bad.run)]) {
    const { exitCode, json } = await compare(good, name);
    expect(exitCode).toBe(1);
    expect(json).toMatchObject({ before: '20261122T081500Z-0001', changes: [{ kind: 'regression' }] });
  }
});

it.each([
  ['is not there', null, 'no-result'],
  ['is no JSON', '{"version": 1, "ru', 'bad-result'],
  ['has cells of nothing', { ...result('20261122T081500Z-0001', 'PASS'), cells: [{}] }, 'bad-result'],
])('refuses a file that %s, and says why', async (_, content, code) => {
  const path = content === null ? join(dir, 'none.json') : await file('bad.json', content);
  await expect(compare(path, path)).rejects.toMatchObject({ code });
});

it.each([
  [{ kernels: ['7.3'] }, /kernel 7\.3/],
  [{ kernels: ['7.2', '7.2.6', '6.1'] }, /kernel 6\.1/],
  [{ configs: ['debgu'] }, /configuration debgu/],
])('does not call it no change when neither run has %j', async (filter, message) => {
  const good = await file('good.json', result('20261122T081500Z-0001', 'PASS'));
  const refused = compareTwo([good, good], filter, world());
  await expect(refused).rejects.toMatchObject({
    code: 'unknown-cell',
    message: expect.stringMatching(message),
  });
  expect((await compareTwo([good, good], { kernels: ['7.2'] }, world())).exitCode).toBe(0);
});

it('takes what nightly would, when nobody says what to compare with', async () => {
  const state = await world().openState();
  await writeRun(state, result('20261121T081500Z-0001', 'FAIL', 'apply'));
  await expect(compare()).resolves.toMatchObject({ exitCode: 1, json: { before: null } });
  const first = result('20261122T081500Z-0002', 'PASS');
  await writeRun(state, first);
  await writeRun(state, result('20261123T081500Z-0003', 'PASS', 'apply'));
  await writeRun(state, result('20261124T081500Z-0004', 'FAIL'));
  expect(await compare()).toMatchObject({
    exitCode: 1,
    json: { before: first.run, changes: [{ kind: 'regression' }], unlike: [] },
  });
});

it.each([
  ['PASS', 'ERROR', 3],
  ['PASS', 'MISS', 3],
  ['FAIL', 'FAIL', 0],
  ['FAIL', 'PASS', 0],
  ['PASS', 'FAIL', 1],
] as const)(
  'from %s to %s ends as a night does, with %i, whatever is to be shown',
  async (was, is, exitCode) => {
    const before = await file('before.json', result('20261122T081500Z-0001', was));
    const after = await file('after.json', result('20261123T081500Z-0002', is));
    for (const filter of [{}, { kinds: ['appeared'] as const }, { kernels: ['7.2'] }])
      expect((await compareTwo([before, after], filter, world())).exitCode).toBe(exitCode);
  },
);

it('refuses two series, and says it of runs that did not try the same', async () => {
  const good = result('20261122T081500Z-0001', 'PASS');
  const before = await file('before.json', good);
  const compared = async (changes: Partial<RunResult>) =>
    (await compare(before, await file('after.json', { ...good, run: '20261123T081500Z-0002', ...changes })))
      .text;
  await expect(compared({ series: 'other' })).rejects.toMatchObject({ code: 'other-series' });
  expect(await compared({})).not.toContain('not the same');
  expect(await compared({ tier: 'weekly' })).toContain(
    'one is of cells that somebody chose, the other of the tier weekly',
  );
  const { cells } = result('', 'PASS', 'boot');
  expect(await compared({ cells })).toMatch(
    /only 20261122\S+ was to do build\n.*only 20261123\S+ was to do boot/,
  );
  const quick = await file('quick.json', {
    ...good,
    cells: good.cells.map((cell) => ({ ...cell, depth: 'quick' })),
  });
  const full = await file('full.json', {
    ...good,
    cells: good.cells.map((cell) => ({ ...cell, depth: 'full' })),
  });
  expect((await compare(quick, full)).text).toContain('at other depths in 1 of the cells: quick and full');
});
