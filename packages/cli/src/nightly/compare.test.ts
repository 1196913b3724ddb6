// SPDX-License-Identifier: MIT
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState } from '@uio-msi/host';
import { cellKey, type RunResult, silent, type Verdict } from '@uio-msi/model';
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
const compare = (before: string, after: string) => compareTwo([before, after], {}, world());

const result = (run: string, verdict: Verdict): RunResult => {
  const axes = { line: '7.2', kernel: '7.2.6', arch: 'x86_64', toolchain: 'gcc-12', config: 'minimal' };
  const cell = { series: 'tiny', revision: 'v1', ...axes };
  const stage = { stage: 'build', verdict, seconds: 1, cached: false, reason: 'oh' } as const;
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
