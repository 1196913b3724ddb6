// SPDX-License-Identifier: MIT
import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '@uio-msi/host';
import type { OnStep } from '../disk/transaction.js';
import { must, workGit } from './git.js';
import { keepAside } from './keep.js';
import { rememberWork, type Work } from './record.js';

/** A kernel in the object store. */
export interface KernelBase {
  readonly line: string;
  readonly version: string;
  /** The commit that the store has it as. */
  readonly commit: string;
}

/** Where to make a worktree, and of what. */
export interface NewWork {
  readonly dir: string;
  /** The object store that has the kernels. */
  readonly store: string;
  readonly branch: string;
  /** Folders to check out; null for everything. */
  readonly folders: readonly string[] | null;
  /** Resolutions of conflicts are remembered here; null: in the worktree. */
  readonly memory: string | null;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: OnStep | undefined;
}

/** Fills a repository that has no commit yet: gives what it is to remember, whose branch is then checked out. */
export type Fill = (dir: string) => Promise<{ work: Work; head: string }>;

/**
 * Makes a worktree: a repository of its own that borrows the kernels' objects from the store, so
 * that nobody's commits are in what several share, and git's own commands do there what they do
 * anywhere. It gets its name when all of it is there; what had the name is kept under another.
 */
export const makeWork = async (wanted: NewWork, fill: Fill): Promise<{ work: Work; kept: string | null }> => {
  const { dir, onStep = () => {} } = wanted;
  const aside = `${dir}.${process.pid}.new`;
  await sweep(dir);
  await makeFolder(dirname(dir));
  try {
    await initialize(aside, wanted);
    onStep('made a repository');
    const { work, head } = await fill(aside);
    onStep('made commits');
    await checkOut(aside, wanted, work, head);
    onStep('checked out');
    await rememberWork(aside, work);
    const kept = await keepAside(dir);
    onStep('kept');
    await rename(aside, dir);
    onStep('named');
    return { work, kept };
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
};

// Objects of the kernels stay in the store; resolutions of conflicts outlive the worktree.
const initialize = async (dir: string, { store, branch, memory, signal }: NewWork): Promise<void> => {
  await mkdir(dir);
  const git = workGit(dir, signal);
  await must(git(['init', '--quiet', '--template=', `--initial-branch=${branch}`]));
  await mkdir(join(dir, '.git/info'), { recursive: true });
  await writeFile(join(dir, '.git/objects/info/alternates'), `${join(store, 'objects')}\n`);
  await must(git(['config', 'rerere.enabled', 'true']));
  if (memory === null) return;
  await mkdir(memory, { recursive: true });
  await symlink(memory, join(dir, '.git/rr-cache'));
};

const checkOut = async (dir: string, wanted: NewWork, work: Work, head: string): Promise<void> => {
  const git = workGit(dir, wanted.signal);
  await must(git(['update-ref', `refs/heads/${wanted.branch}`, head]));
  await must(git(['update-ref', 'refs/tags/base', work.base]));
  await must(git(['update-ref', 'refs/uio-msi/edited', work.patches.at(-1)?.commit ?? work.base]));
  if (wanted.folders !== null)
    await must(
      git(['sparse-checkout', 'set', '--cone', '--sparse-index', '--stdin'], {
        input: wanted.folders.map((folder) => `${folder}\n`).join(''),
      }),
    );
  await must(git(['read-tree', '-m', '-u', 'HEAD']));
};

// What was being made by a process that is gone.
const sweep = async (dir: string): Promise<void> => {
  const names = await readdir(dirname(dir)).catch(() => []);
  for (const name of names) {
    const pid = name.startsWith(`${basename(dir)}.`) ? /\.(\d+)\.new$/.exec(name)?.[1] : undefined;
    if (pid === undefined) continue;
    const alive = await readdir(`/proc/${pid}`).then(
      () => true,
      () => false,
    );
    if (!alive) await rm(join(dirname(dir), name), { recursive: true });
  }
};
