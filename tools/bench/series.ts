// SPDX-License-Identifier: MIT
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, run } from '@uio-msi/host';
import { ensureKernel, loadCatalogue, openStore, selectKernels } from '@uio-msi/kernels';
import { silent } from '@uio-msi/model';
import {
  editSeries,
  loadPrerequisites,
  loadSeries,
  patchesFor,
  rangeDiff,
  readSide,
  refreshSeries,
} from '@uio-msi/series';
import type { Bench } from './bench.js';
import { timed } from './clock.js';

const RUNS = 7;
const PLAIN_RUNS = 3;
const EDITED = 'drivers/uio/uio.c';
const SUBJECT = 'uio: revoke mappings when a device is unregistered';

const noMailbox = async () => [];

/** Writing an edit back and comparing with an older line, beside git am and format-patch in a fresh worktree. */
export const series: Bench = {
  name: 'series',
  title: 'refreshing and comparing the series',
  run: async ({ root, state: dir, kernel: version, say }) => {
    const store = await openStore(await openState(dir));
    const [kernel] = selectKernels(await loadCatalogue(join(root, 'linux-tree/kernels.yaml')), [version]);
    if (!kernel) throw new Error(`no kernel ${version}`);
    const { commit } = await ensureKernel(store, kernel, { progress: silent });
    const folder = await mkdtemp(join(tmpdir(), 'uio-msi-bench-'));
    try {
      await cp(join(root, 'patches'), join(folder, 'patches'), { recursive: true });
      const load = () => loadSeries(join(folder, 'patches/uio_msi'));
      const tree = join(folder, 'tree');
      const now = Math.ceil(Date.now() / 1000);
      const base = { line: kernel.line, version: kernel.version, commit };
      await editSeries(await load(), base, tree, false, { store: store.gitDir, memory: null, now });
      const git = async (...args: string[]) => {
        const { exitCode, stderr } = await run('git', ['-C', tree, ...args]);
        if (exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
      };
      say('an edit of the second patch, folded in by git rebase, then series refresh');
      const seconds: number[] = [];
      for (let at = 0; at < RUNS; at += 1) {
        await appendFile(join(tree, EDITED), `/* edit ${at} */\n`);
        await git('commit', '-qa', `--fixup=:/^${SUBJECT}`);
        await git('-c', 'sequence.editor=true', 'rebase', '-qi', '--autosquash', 'base');
        seconds.push(await timed(1, async () => refreshSeries(await load(), tree, { now })));
      }
      const refresh = [...seconds].sort((a, b) => a - b)[seconds.length >> 1] ?? Number.NaN;
      const compare = await timed(RUNS, async () => {
        const read = await load();
        const [a, b] = [await readSide(read, 'current', noMailbox), await readSide(read, '6.12', noMailbox)];
        return rangeDiff(a.patches, b.patches);
      });
      say('git worktree add, git am and git format-patch, which writes 90,000 files each time');
      const read = await load();
      const ahead = await loadPrerequisites(read);
      const files = [...ahead, read].flatMap((one) =>
        patchesFor(one, kernel.line).map(({ file }) => join(one.dir, file)),
      );
      const plain = await timed(PLAIN_RUNS, async (attempt) => {
        const fresh = join(folder, `fresh${attempt}`);
        for (const args of [
          ['--git-dir', store.gitDir, 'worktree', 'add', '--quiet', '--detach', fresh, commit],
          ['-C', fresh, 'am', '--quiet', ...files],
          ['-C', fresh, 'format-patch', '--quiet', '--full-index', '-o', join(folder, 'out'), commit],
        ]) {
          const { exitCode, stderr } = await run('git', args);
          if (exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
        }
      });
      const row = (what: string, ours: number) => ({
        what,
        seconds: ours,
        runs: RUNS,
        plain: { what: '`git worktree add` + `git am` + `format-patch`', seconds: plain },
        goal: 'at most 1 s, and 5 times faster',
        kept: ours <= 1 && ours * 5 <= plain,
      });
      return [
        row('`series refresh` after an edit', refresh),
        row('`series diff` with an older line', compare),
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
      await run('git', ['--git-dir', store.gitDir, 'worktree', 'prune']);
    }
  },
};
