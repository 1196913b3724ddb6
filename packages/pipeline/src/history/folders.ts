// SPDX-License-Identifier: MIT
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type State, withFreeLock } from '@uio-msi/host';
import { type CellSummary, cellKey, type RunSummary } from '@uio-msi/model';

/** Where each cell has a folder of its name; each takes 1 to 4 GB. */
const PLACES = ['worktrees', 'build'] as const;

// `7.2.6-x86_64-gcc-12-minimal`: what else is there has other owners.
const OF_A_CELL = /^\d+\.\d+[\w.]*-[a-z]\w*-(gcc|clang)\b/;

// Files that packages/kernels keeps beside a worktree.
const ownerOf = (name: string): string => name.replace(/\.(index|known)$/, '');

/** The name of a cell's folders, which it shares with the cells of other prefixes. Pure. */
export const folderOf = ({ prefix: _, ...cell }: CellSummary): string => cellKey(cell);

/**
 * The folders of cells that are in no matrix, nor in the newest or the last good run of any series
 * and tier. Pure.
 *
 * @param there names of folders, and of files beside them
 * @param inMatrix names of folders of cells that a matrix has
 * @param last the runs whose cells keep theirs
 */
export const foldersToPrune = (
  there: readonly string[],
  inMatrix: ReadonlySet<string>,
  last: readonly Pick<RunSummary, 'cells'>[],
): readonly string[] => {
  const kept = new Set([...inMatrix, ...last.flatMap(({ cells }) => cells.map(folderOf))]);
  return there.filter((name) => OF_A_CELL.test(name) && !kept.has(ownerOf(name)));
};

/**
 * Removes the folders that {@link foldersToPrune} names, each behind the lock of its cell: one that
 * is in use stays.
 *
 * @param dry only say what would go
 * @returns paths relative to the state folder
 */
export const pruneFolders = async (
  state: State,
  inMatrix: ReadonlySet<string>,
  last: readonly Pick<RunSummary, 'cells'>[],
  dry: boolean,
): Promise<readonly string[]> => {
  const gone: string[] = [];
  for (const place of PLACES) {
    const there = await readdir(state.path(place)).catch(() => []);
    for (const name of foldersToPrune(there, inMatrix, last)) {
      const path = join(place, name);
      const remove = async () => {
        if (!dry) await rm(state.path(path), { recursive: true, force: true });
        return path;
      };
      const removed = await withFreeLock(state.path('locks', ownerOf(name)), remove);
      if (removed !== null) gone.push(removed);
    }
  }
  return gone;
};
