// SPDX-License-Identifier: MIT
import { lstat, rename, rmdir } from 'node:fs/promises';

/**
 * Moves a worktree out of the way, to the first free name of DIR.old-1, DIR.old-2 and so on. A
 * worktree is a repository of its own: to delete it would take with it what no branch shows, such as
 * commits of a detached HEAD, a reflog, a stopped `git rebase`, files that are ignored. Whoever wants
 * it back moves it back.
 *
 * @returns where it is now; null when there was nothing, or an empty folder
 */
export const keepAside = async (dir: string): Promise<string | null> => {
  if (!(await lstat(dir).catch(() => null))) return null;
  const empty = await rmdir(dir).then(
    () => true,
    () => false,
  );
  if (empty) return null;
  for (let number = 1; ; number += 1) {
    const kept = `${dir}.old-${number}`;
    if (await lstat(kept).catch(() => null)) continue;
    await rename(dir, kept);
    return kept;
  }
};

/** Whether a folder is named as one that {@link keepAside} moved. */
export const isKeptAside = (dir: string): boolean => /\.old-\d+$/.test(dir);
