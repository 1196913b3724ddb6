// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, run } from '@uio-msi/host';
import { ensureKernel, loadCatalogue, openStore, selectKernels } from '@uio-msi/kernels';
import { silent } from '@uio-msi/model';
import { applySeries, loadSeries, patchesFor } from '@uio-msi/series';
import type { Bench } from './bench.js';
import { timed } from './clock.js';

const RUNS = 11;
const PLAIN_RUNS = 3;

/** Applying the series to an imported kernel, beside a worktree and `git am` on the same store. */
export const apply: Bench = {
  name: 'apply',
  title: 'applying the series',
  run: async ({ root, state: dir, kernel: version, say }) => {
    const context = { progress: silent };
    const state = await openState(dir);
    const store = await openStore(state);
    const [kernel] = selectKernels(await loadCatalogue(join(root, 'linux-tree/kernels.yaml')), [version]);
    if (!kernel) throw new Error(`no kernel ${version}`);
    const { tree, commit } = await ensureKernel(store, kernel, context);
    const series = await loadSeries(join(root, 'patches/uio_msi'));
    const patches = patchesFor(series, kernel.line);
    const seconds = await timed(RUNS, () => applySeries(store.gitDir, tree, patches));

    say('git worktree add and git am, which writes 90,000 files each time');
    const folder = await mkdtemp(join(tmpdir(), 'uio-msi-bench-'));
    const files = patches.map((patch) => join(root, 'patches/uio_msi', patch.file));
    const git = (...args: string[]) => run('git', ['--git-dir', store.gitDir, ...args]);
    const plain = await timed(PLAIN_RUNS, async (attempt) => {
      const worktree = join(folder, `tree${attempt}`);
      await git('worktree', 'add', '--quiet', '--detach', worktree, commit);
      const am = await run('git', ['-C', worktree, 'am', '--quiet', ...files]);
      if (am.exitCode !== 0) throw new Error(`git am: ${am.stderr}`);
    }).finally(() => rm(folder, { recursive: true, force: true }));
    await git('worktree', 'prune');
    return [
      {
        what: 'applying the series to an imported kernel',
        seconds,
        runs: RUNS,
        plain: { what: '`git worktree add` + `git am`', seconds: plain },
        goal: 'at most 0.5 s, and 10 times faster',
        kept: seconds <= 0.5 && seconds * 10 <= plain,
      },
    ];
  },
};
