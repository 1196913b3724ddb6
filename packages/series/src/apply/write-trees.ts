// SPDX-License-Identifier: MIT
import { posix } from 'node:path';
import type { Git } from './git.js';
import { type Changes, type Entry, type Folders, formatEntry, parent } from './trees.js';

/**
 * Writes the trees that come from a tree when some of its paths change: one for each of `states`.
 * Only folders with changes below them are written, deepest first, one `git mktree` for each
 * depth, so that a tree of 90,000 files costs no more than one of ten.
 *
 * @param base the tree's id; a state without changes has it as its tree
 * @param folders all folders above the changed paths, as they are in `base`
 */
export const writeTrees = async (
  git: Git,
  base: string,
  folders: Folders,
  states: readonly Changes[],
): Promise<string[]> => {
  const grown = states.map((state) => new Map(state));
  for (const depth of depths(folders)) {
    const work = grown.flatMap((state) => depth.flatMap((folder) => rewritten(folders, state, folder)));
    if (work.length === 0) continue;
    const { stdout } = await git(MKTREE, { input: work.map(({ text }) => text).join('') });
    const ids = stdout.trim().split('\n');
    for (const [i, { state, folder }] of work.entries())
      state.set(folder, { mode: '040000', type: 'tree', id: ids[i] ?? '' });
  }
  return grown.map((state) => state.get('')?.id ?? base);
};

// --missing: the entries come from a tree or were just written. Looking each of them up again
// takes git ten times as long as the rest.
const MKTREE = ['mktree', '-z', '--batch', '--missing'];

// The folders by depth, deepest first.
const depths = (folders: Folders): string[][] => {
  const levels: string[][] = [];
  for (const folder of folders.keys()) {
    const depth = folder === '' ? 0 : folder.split('/').length;
    levels[depth] ??= [];
    levels[depth].push(folder);
  }
  return levels.reverse();
};

interface Rewritten {
  readonly state: Map<string, Entry | null>;
  readonly folder: string;
  readonly text: string;
}

// The folder with the state's changes; nothing when it has none. Git keeps no empty folders.
const rewritten = (folders: Folders, state: Map<string, Entry | null>, folder: string): Rewritten[] => {
  const changed = [...state].filter(([path]) => path !== '' && parent(path) === folder);
  if (changed.length === 0) return [];
  const entries = new Map(folders.get(folder));
  for (const [path, entry] of changed)
    if (entry) entries.set(posix.basename(path), entry);
    else entries.delete(posix.basename(path));
  if (entries.size === 0 && folder !== '') {
    state.set(folder, null);
    return [];
  }
  const text = `${[...entries].map(([name, entry]) => formatEntry(entry, name)).join('')}\0`;
  return [{ state, folder, text }];
};
