// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, run } from '@uio-msi/host';
import { ensureKernel, loadCatalogue, openStore, selectKernels } from '@uio-msi/kernels';
import { silent } from '@uio-msi/model';
import { applySeries, loadPrerequisites, loadSeries } from '@uio-msi/series';
import type { Bench } from './bench.js';
import { timed } from './clock.js';

const RUNS = 7;
const PLAIN_RUNS = 3;

// Whoever runs it need not have told git who they are.
const IDENTITY = {
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: 'user.name',
  GIT_CONFIG_VALUE_0: 'A Developer',
  GIT_CONFIG_KEY_1: 'user.email',
  GIT_CONFIG_VALUE_1: 'developer@kernel.org',
};

/** Judging the mails of a series by every rule, beside making these mails in a worktree with git. */
export const preflight: Bench = {
  name: 'preflight',
  title: 'preflight, with what the kernel’s scripts said remembered',
  run: async ({ root, state: dir, kernel: version, say }) => {
    const judge = async () => {
      const args = ['submit', 'preflight', '--state', dir, '--json', '-'];
      const { exitCode, stderr } = await run(join(root, 'uio-msi'), args, { env: IDENTITY });
      // The series is blocked for as long as nobody has signed it off.
      if (exitCode !== 0 && exitCode !== 1) throw new Error(`uio-msi submit preflight: ${stderr}`);
    };
    say('get_maintainer.pl and checkpatch.pl, if they have not seen these mails');
    await judge();
    const seconds = await timed(RUNS, judge);

    const store = await openStore(await openState(dir));
    const [kernel] = selectKernels(await loadCatalogue(join(root, 'linux-tree/kernels.yaml')), [version]);
    if (!kernel) throw new Error(`no kernel ${version}`);
    const { tree } = await ensureKernel(store, kernel, { progress: silent });
    const series = await loadSeries(join(root, 'patches/uio_msi'));
    const needed = (await loadPrerequisites(series)).flatMap(({ patches }) => patches);
    const base = await applySeries(store.gitDir, tree, needed);
    if (base.tree === null) throw new Error('what the series needs does not apply');
    const git = async (...args: string[]) => {
      const { exitCode, stdout, stderr } = await run('git', ['--git-dir', store.gitDir, ...args], {
        env: IDENTITY,
      });
      if (exitCode !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
      return stdout.trim();
    };
    const commit = await git('commit-tree', '-m', 'base', base.tree);
    say('git worktree add, git am and git format-patch, which write 90,000 files each time');
    const folder = await mkdtemp(join(tmpdir(), 'uio-msi-bench-'));
    const files = series.patches.map(({ file }) => join(series.dir, file));
    const plain = await timed(PLAIN_RUNS, async (attempt) => {
      const worktree = join(folder, `tree${attempt}`);
      await git('worktree', 'add', '--quiet', '--detach', worktree, commit);
      const env = { ...IDENTITY, GIT_DIR: undefined };
      for (const args of [
        ['am', '--quiet', ...files],
        ['format-patch', '--quiet', '--cover-letter', '-o', join(folder, `mails${attempt}`), commit],
      ]) {
        const { exitCode, stderr } = await run('git', ['-C', worktree, ...args], { env });
        if (exitCode !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
      }
    }).finally(() => rm(folder, { recursive: true, force: true }));
    await git('worktree', 'prune');
    return [
      {
        what: `preflight of ${series.patches.length} patches, nothing changed`,
        seconds,
        runs: RUNS,
        plain: { what: '`git worktree add`, `am` and `format-patch`', seconds: plain },
        goal: 'at most 1 s, and 5 times faster',
        kept: seconds <= 1 && seconds * 5 <= plain,
      },
    ];
  },
};
