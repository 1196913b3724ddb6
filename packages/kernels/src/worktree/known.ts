// SPDX-License-Identifier: MIT
import { lstat, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readJson, run, writeAtomic } from '@uio-msi/host';

/** What is remembered of a worktree that was brought to its tree. */
export interface Known {
  readonly tree: string;
  /** Each folder's stamp: it changes with every file that is added, removed or renamed there. */
  readonly folders: Readonly<Record<string, string>>;
}

const recordOf = (dir: string): string => `${dir}.known`;

/** What is remembered of a worktree; null when it may be in the middle of something. */
export const recall = async (dir: string): Promise<Known | null> => {
  const known = Object(await readJson(recordOf(dir))) as Partial<Known>;
  return known.tree !== undefined && known.folders !== undefined ? (known as Known) : null;
};

/** To be called before anything in a worktree is changed: kill -9 leaves one of which nothing is known. */
export const forget = (dir: string): Promise<void> => rm(recordOf(dir), { force: true });

/** To be called when a worktree has all of its tree. */
export const remember = (dir: string, known: Known): Promise<void> =>
  writeAtomic(recordOf(dir), JSON.stringify(known));

/** The stamps of all folders of a worktree. Links are not followed. */
export const stampFolders = async (dir: string, signal?: AbortSignal): Promise<Known['folders']> => {
  const { stdout } = await run('find', [dir, '-type', 'd', '-printf', '%P\\t%C@ %i\\0'], { signal });
  const stamps = stdout.split('\0').flatMap((line) => {
    const [, path = '', seconds, fraction = '', inode] = /^(.*)\t(\d+)\.(\d+) (\d+)$/s.exec(line) ?? [];
    return inode === undefined ? [] : [[path, `${seconds}${fraction.slice(0, 9)} ${inode}`] as const];
  });
  return Object.fromEntries(stamps);
};

/** The stamps when some paths of a worktree were written or removed. */
export const restamp = async (
  dir: string,
  folders: Known['folders'],
  paths: readonly string[],
): Promise<Known['folders']> => {
  const stamps = new Map(Object.entries(folders));
  for (const folder of new Set(paths.flatMap(foldersAbove))) {
    const stats = await lstat(join(dir, folder), { bigint: true }).catch(() => null);
    if (stats) stamps.set(folder, `${stats.ctimeNs} ${stats.ino}`);
    else stamps.delete(folder);
  }
  return Object.fromEntries(stamps);
};

const foldersAbove = (path: string): readonly string[] => {
  const above = dirname(path);
  return above === '.' ? [''] : [above, ...foldersAbove(above)];
};

/** Whether two lists of stamps are the same. */
export const sameStamps = (a: Known['folders'], b: Known['folders']): boolean => {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
};
