// SPDX-License-Identifier: MIT
import { posix } from 'node:path';
import type { Git } from './git.js';

/** What a git tree says of one name. */
export interface Entry {
  readonly mode: string;
  readonly type: string;
  readonly id: string;
}

/** Whether it is a regular file (100644, 100755) and no folder, link or submodule. */
export const isPlain = ({ mode }: Entry): boolean => mode.startsWith('100');

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
