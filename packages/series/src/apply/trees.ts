// SPDX-License-Identifier: MIT
import { posix } from 'node:path';
import type { Git } from './git.js';

/** What a git tree says of one name. */
export interface Entry {
  readonly mode: string;
  readonly type: string;
  readonly id: string;
}

/** The contents of some folders of a tree by path; '' is the root. */
export type Folders = ReadonlyMap<string, ReadonlyMap<string, Entry>>;

/** Some paths and what is there; null: nothing. */
export type Changes = ReadonlyMap<string, Entry | null>;

/** The folder of a path, '' for the root. */
export const parent = (path: string): string => {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
};

/** All folders above some paths, the root too. */
export const foldersAbove = (paths: Iterable<string>): Set<string> => {
  const folders = new Set(['']);
  for (const path of paths) for (let at = parent(path); at !== ''; at = parent(at)) folders.add(at);
  return folders;
};

/** What is at a path, as far as its folder was read. */
export const entryAt = (folders: Folders, path: string): Entry | undefined =>
  folders.get(parent(path))?.get(posix.basename(path));

/** One name of a tree as `git ls-tree -z` shows it and `git mktree -z` reads it. */
export const formatEntry = ({ mode, type, id }: Entry, name: string): string =>
  `${mode} ${type} ${id}\t${name}\0`;

const parseListing = (listing: string): (Entry & { path: string })[] =>
  listing
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t');
      const [mode = '', type = '', id = ''] = line.slice(0, tab).split(' ');
      return { mode, type, id, path: line.slice(tab + 1) };
    });

/** Reads the listings of some folders of a tree. One that is not there is empty. */
export const readFolders = async (git: Git, tree: string, wanted: Iterable<string>): Promise<Folders> => {
  const folders = new Map([...wanted].map((folder) => [folder, new Map<string, Entry>()] as const));
  const below = [...folders.keys()].filter((folder) => folder !== '').map((folder) => `${folder}/`);
  // With paths ls-tree shows only what matches them, and the root matches no path.
  const listings = await Promise.all([
    git(['ls-tree', '-z', tree]),
    below.length === 0 ? null : git(['ls-tree', '-z', '-t', tree, '--', ...below]),
  ]);
  for (const { path, ...entry } of listings.flatMap((listing) => parseListing(listing?.stdout ?? '')))
    folders.get(parent(path))?.set(posix.basename(path), entry);
  return folders;
};

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
