// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, type State, withLock } from '@uio-msi/host';
import type { CellSummary } from '@uio-msi/model';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pruneFolders } from './folders.js';

const OLD = '7.1.3-x86_64-gcc-12-minimal';
const GOOD = '7.2.5-x86_64-gcc-12-minimal';
const NOW = '7.2.6-x86_64-gcc-12-minimal';
const OTHERS = ['module-6.1.192', `mutants-${OLD}`];

let state: State;
beforeEach(async () => {
  state = await openState(await mkdtemp(join(tmpdir(), 'uio-msi-folders-')));
  for (const place of ['worktrees', 'build'])
    for (const name of [OLD, GOOD, NOW, ...OTHERS]) await mkdir(state.path(place, name), { recursive: true });
  for (const name of [OLD, NOW]) await writeFile(state.path('worktrees', `${name}.index`), '');
});
afterEach(() => rm(state.dir, { recursive: true }));

const cell: CellSummary = {
  ...{ series: 'tiny', revision: 'v1', line: '7.2', kernel: '7.2.5', arch: 'x86_64' },
  ...{ toolchain: 'gcc-12', config: 'minimal', prefix: 2, key: '', verdict: 'PASS', stages: [] },
};
const prune = (dry: boolean) => pruneFolders(state, new Set([NOW]), [{ cells: [cell] }], dry);

it('removes folders of cells in no matrix, and never those of the last good run, or of others', async () => {
  expect(await prune(true)).toEqual([`worktrees/${OLD}`, `worktrees/${OLD}.index`, `build/${OLD}`]);
  expect(await readdir(state.path('build'))).toContain(OLD);
  await prune(false);
  expect((await readdir(state.path('build'))).sort()).toEqual([GOOD, NOW, ...OTHERS].sort());
  const worktrees = [GOOD, NOW, `${NOW}.index`, ...OTHERS];
  expect((await readdir(state.path('worktrees'))).sort()).toEqual(worktrees.sort());
});

it('leaves alone what a run under way has', async () => {
  await withLock(state.path('locks', OLD), async () => {
    expect(await prune(false)).toEqual([]);
  });
  expect(await readdir(state.path('worktrees'))).toContain(OLD);
});
