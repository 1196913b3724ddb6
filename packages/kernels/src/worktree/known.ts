// SPDX-License-Identifier: MIT
import { lstat, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readJson, run, writeAtomic } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';

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

/**
 * The stamps of all folders of a worktree. Links are not followed.
 *
 * @throws {EnvironmentError} `worktree-unreadable` when they are not all known: stamps that are
 * missing on both sides would be the same
 */
export const stampFolders = async (dir: string, signal?: AbortSignal): Promise<Known['folders']> => {
  const { exitCode, stdout, stderr } = await run('find', [dir, '-type', 'd', '-printf', '%P\\t%C@ %i\\0'], {
    signal,
  });
  const stamps = stdout.split('\0').flatMap((line) => {
    const [, path = '', seconds, fraction = '', inode] = /^(.*)\t(\d+)\.(\d+) (\d+)$/s.exec(line) ?? [];
    return inode === undefined ? [] : [[path, `${seconds}${fraction.slice(0, 9)} ${inode}`] as const];
  });
  if (exitCode !== 0 || !stamps.some(([path]) => path === ''))
    throw new EnvironmentError({
      code: 'worktree-unreadable',
      message: `the folders of ${dir} could not be listed`,
      why: stderr.trim().split('\n')[0] || 'find said nothing of the folder itself',
      next: `remove ${dir} and run the same command again; find must know -printf, as that of GNU does`,
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
