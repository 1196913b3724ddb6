// SPDX-License-Identifier: MIT
import { rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CommandResult } from '@uio-msi/host';
import { type Difference, plainDifferences } from './differences.js';
import { forget, type Known, recall, remember, restamp, sameStamps, stampFolders } from './known.js';

/** Runs git on a worktree and its index; its exit is the caller's to judge. */
export type WorktreeGit = (args: readonly string[], input?: string) => Promise<CommandResult>;

// More differences than this are rewritten as fast by git alone.
const MOST = 1000;

/**
 * Brings a worktree that is known to be at one tree to another by touching nothing but what
 * differs between them. It is known when we left it there and nobody has written a file since
 * (git's index has the time stamps of all) nor added, removed or renamed one (that shows in its
 * folder).
 *
 * @returns false when it is not known, or the step is too far: nothing has been touched then
 */
export const step = async (
  dir: string,
  tree: string,
  git: WorktreeGit,
  signal?: AbortSignal,
): Promise<boolean> => {
  const known = await recall(dir);
  if (known === null) return false;
  const [untouched, folders, diff] = await Promise.all([
    git(['diff-files', '--quiet', '--ignore-submodules']),
    stampFolders(dir, signal),
    git(['diff-tree', '-r', '-z', '--no-renames', known.tree, tree]),
  ]);
  if (untouched.exitCode !== 0 || diff.exitCode !== 0 || !sameStamps(known.folders, folders)) return false;
  const differences = plainDifferences(diff.stdout);
  if (differences === null || differences.length > MOST) return false;
  if (differences.length === 0 && known.tree === tree) return true;
  await forget(dir);
  if (!(await rewrite(dir, differences, git))) return false;
  await remember(dir, await after(dir, tree, known.folders, differences));
  return true;
};

const after = async (
  dir: string,
  tree: string,
  folders: Known['folders'],
  differences: readonly Difference[],
): Promise<Known> => ({
  tree,
  folders: await restamp(
    dir,
    folders,
    differences.map(({ path }) => path),
  ),
});

// The index first: killed behind it, the files do not have the time stamps that it has, and are rewritten.
const rewrite = async (
  dir: string,
  differences: readonly Difference[],
  git: WorktreeGit,
): Promise<boolean> => {
  const lines = differences.map(({ path, entry }) => `${entry ?? `0 ${'0'.repeat(40)}`}\t${path}\0`);
  const indexed = await git(['update-index', '-z', '--index-info'], lines.join(''));
  if (indexed.exitCode !== 0) return false;
  for (const { path, entry } of differences) if (entry === null) await remove(dir, path);
  const written = differences.flatMap(({ path, entry }) => (entry === null ? [] : [`${path}\0`]));
  const out = await git(['checkout-index', '--force', '--index', '-z', '--stdin'], written.join(''));
  return out.exitCode === 0;
};

// With the folders that it leaves empty: git has none.
const remove = async (dir: string, path: string): Promise<void> => {
  await rm(join(dir, path), { force: true });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder))
    if (
      !(await rmdir(join(dir, folder)).then(
        () => true,
        () => false,
      ))
    )
      return;
};
