// SPDX-License-Identifier: MIT
import { lstat, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { OnStep } from '../disk/transaction.js';
import { type Patch, touchedPaths } from '../patch/patch.js';
import { loadPrerequisites } from '../prerequisites.js';
import { patchesFor, type Series } from '../series.js';
import { commitPatches } from './commits.js';
import { must, workGit } from './git.js';
import { findCommitter } from './identity.js';
import { type KernelBase, makeWork } from './make.js';
import { recallWork, sourceKey, type Work } from './record.js';
import { refuse } from './refusals.js';
import { readStatus } from './state.js';

/** What working on a series takes. */
export interface WorkContext {
  /** The object store that has the kernels. */
  readonly store: string;
  /** Where resolutions of conflicts are remembered; null: in each worktree. */
  readonly memory: string | null;
  /** Seconds since 1970. */
  readonly now: number;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: OnStep | undefined;
}

/** A worktree that has a series as commits. */
export interface EditedWork {
  readonly work: Work;
  /** Whether it was there, as it should be, before. */
  readonly found: boolean;
  /** Where the worktree is that was there before, when this one was made anew. */
  readonly kept: string | null;
}

/**
 * Gives a worktree with the patches of a series as commits on a kernel. One that is there stays as
 * it is, unless the patches have changed since and nothing was done in it: then it is made anew, and
 * the old one is kept beside it.
 *
 * @param full check out everything, not only the folders that the series touches
 * @throws {UserError} `no-identity`, `not-applying`, `worktree-taken`, `worktree-other`,
 *   `worktree-has-work`, `rebase-running`
 */
export const editSeries = async (
  series: Series,
  kernel: KernelBase,
  dir: string,
  full: boolean,
  context: WorkContext,
): Promise<EditedWork> => {
  const ahead = await loadPrerequisites(series);
  const key = sourceKey(series, kernel.line, ahead);
  const found = await findWork(dir, series, kernel, key, context.signal);
  if (found) return { work: found, found: true, kept: null };
  const patches = patchesFor(series, kernel.line);
  const before = ahead.flatMap((one) => patchesFor(one, kernel.line));
  const committer = await findCommitter(
    await existing(dir),
    dateOf([...before, ...patches], context.now),
    context.signal,
  );
  const branch = series.name;
  const folders = full ? null : foldersOf([...before, ...patches]);
  const { work, kept } = await makeWork({ ...context, dir, branch, folders }, async (at) => {
    const git = workGit(at, context.signal);
    const options = { committer, name: `linux ${kernel.version}`, signal: context.signal };
    const gitDir = `${at}/.git`;
    const commits = await commitPatches(git, gitDir, kernel.commit, [...before, ...patches], options);
    const base = commits[before.length - 1]?.commit ?? kernel.commit;
    const own = commits.slice(before.length);
    return {
      head: own.at(-1)?.commit ?? base,
      work: {
        version: 1,
        series: series.dir,
        kernel,
        base,
        branch,
        patches: own,
        key,
        next: null,
        since: context.now,
        rebase: null,
      },
    };
  });
  return { work, found: false, kept };
};

/** The folders of what patches touch. */
export const foldersOf = (patches: readonly Patch[]): string[] =>
  [...new Set(patches.flatMap(touchedPaths).map(dirname))].filter((folder) => folder !== '.');

/**
 * When commits of patches are made: now, but not before any of them was written, whatever the clock
 * of this machine says.
 */
export const dateOf = (patches: readonly Patch[], now: number): number =>
  Math.max(now, ...patches.map(({ date }) => Math.ceil(Date.parse(date ?? '') / 1000) || 0));

// The worktree, when it can stay as it is; null when it is to be made.
const findWork = async (
  dir: string,
  series: Series,
  kernel: KernelBase,
  key: string,
  signal: AbortSignal | undefined,
): Promise<Work | null> => {
  if (await isFree(dir)) return null;
  const work = await recallWork(dir);
  if (!work) throw refuse('worktree-taken', dir);
  if (work.series !== series.dir || work.kernel.commit !== kernel.commit)
    throw refuse('worktree-other', dir, `it is of ${work.series} on linux ${work.kernel.version}`);
  if (work.rebase) throw refuse('rebase-running', dir);
  if (work.key === key || work.next?.key === key) return work;
  if (await isUntouched(dir, work, signal)) return null;
  throw refuse('worktree-has-work', dir);
};

const isFree = async (dir: string): Promise<boolean> => {
  const found = await lstat(dir).catch(() => null);
  if (!found) return true;
  return found.isDirectory() && (await readdir(dir)).length === 0;
};

// As far as somebody would want to be stopped: the old one is kept in any case.
const isUntouched = async (dir: string, work: Work, signal: AbortSignal | undefined): Promise<boolean> => {
  const git = workGit(dir, signal);
  const heads = await must(git(['for-each-ref', '--format=%(objectname)', 'refs/heads', 'refs/stash']));
  const head = await must(git(['rev-parse', 'HEAD']));
  const last = work.patches.at(-1)?.commit ?? work.base;
  if ([head, ...heads.split('\n')].some((head) => head !== last)) return false;
  const { changed, untracked } = await readStatus(git);
  return changed.length === 0 && untracked.length === 0;
};

/** The nearest folder that is there. */
export const existing = async (dir: string): Promise<string> =>
  (await lstat(dir).catch(() => null))?.isDirectory() ? dir : existing(dirname(dir));
