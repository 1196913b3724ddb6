// SPDX-License-Identifier: MIT
import { lstat, mkdir, rm } from 'node:fs/promises';
import { type CommandResult, type Lock, run } from '@uio-msi/host';
import { EnvironmentError, type Progress, UserError } from '@uio-msi/model';
import { ISOLATED } from '../store/git.js';
import type { ObjectStore } from '../store/open.js';
import { forget, remember, stampFolders } from './known.js';
import { step, type WorktreeGit } from './step.js';

/** What moving a worktree takes. */
export interface WorktreeContext {
  readonly signal?: AbortSignal | undefined;
  readonly progress: Progress;
  /** The piece of work that this is part of. */
  readonly work?: string | undefined;
  /** The lock that keeps others away from the worktree; git holds it too. */
  readonly lock?: Lock | undefined;
}

// `git update-index --refresh` says with 1 that something differs: that is what it is asked for.
const DIFFERS = 1;

const requireRealFolder = async (dir: string): Promise<void> => {
  await mkdir(dir, { recursive: true });
  if ((await lstat(dir)).isDirectory()) return;
  throw new UserError({
    code: 'worktree-not-a-folder',
    message: `${dir} is a symbolic link`,
    why: 'a worktree is written over, wherever a link leads',
    next: 'remove it',
  });
};

/**
 * Brings a worktree to a tree: what differs is rewritten, what should not be there is removed,
 * and the time stamps of everything else stay, so that `make` rebuilds no more than it must.
 * Changes by hand are undone. Symbolic links are never followed out of the folder.
 *
 * A worktree that is as we left it is taken there in a step, whose cost is that of looking
 * ({@link step}); any other is compared with the tree file by file.
 *
 * git's index is in `<dir>.index`. When we are killed in the middle it still describes the
 * folder as it was, and the next call compares it with what is there. Hold a lock: one at a time.
 *
 * @param tree object id of a tree or commit in the store
 * @throws {EnvironmentError} `worktree-failed`
 * @throws {Interrupted} when the signal aborts
 */
export const moveWorktree = async (
  store: ObjectStore,
  dir: string,
  tree: string,
  { signal, progress, work, lock }: WorktreeContext,
): Promise<void> => {
  await requireRealFolder(dir);
  const index = `${dir}.index`;
  // Left by a git that was killed: whoever holds the worktree's lock knows that it is gone.
  await rm(`${index}.lock`, { force: true });
  const onLine = (complaints: string[]) => (line: string) => {
    const [, text, percent] = /^([A-Z][\w ]+): +(\d+)%/.exec(line) ?? [];
    if (text === undefined) complaints.push(line);
    else if (work !== undefined)
      progress({ type: 'update', id: work, text: text.toLowerCase(), fraction: Number(percent) / 100 });
  };
  const where = [`--git-dir=${store.gitDir}`, `--work-tree=${dir}`];
  const options = { cwd: dir, env: { ...ISOLATED, GIT_INDEX_FILE: index }, signal, lock };
  const quietly: WorktreeGit = (args, input) => run('git', [...where, ...args], { ...options, input });
  const git = async (args: readonly string[], accepted: readonly number[] = [0]): Promise<void> => {
    const complaints: string[] = [];
    const result = await run('git', [...where, ...args], { ...options, onLine: onLine(complaints) });
    if (!accepted.includes(result.exitCode ?? -1)) throw failed(dir, result, complaints);
  };
  if (await step(dir, tree, quietly, signal)) return;
  await forget(dir);
  // Two passes over 90,000 files at once. The first finds what only looks different, so that it is
  // not rewritten; the second removes what the index does not know, and leaves the index alone.
  await Promise.all([
    git(['update-index', '-q', '--refresh'], [0, DIFFERS]),
    git(['clean', '--quiet', '-ffdx']),
  ]);
  await git(['-c', 'checkout.workers=0', 'read-tree', '-v', '--reset', '-u', tree]);
  await remember(dir, { tree, folders: await stampFolders(dir, signal) });
};

const failed = (dir: string, { command }: CommandResult, complaints: readonly string[]): EnvironmentError =>
  new EnvironmentError({
    code: 'worktree-failed',
    message: `the worktree ${dir} could not be brought to its tree`,
    why: complaints.at(0),
    next: `free some space there, or remove the folder and ${dir}.index and run again; by hand: ${command}`,
  });
