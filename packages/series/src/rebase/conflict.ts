// SPDX-License-Identifier: MIT
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { UserError } from '@uio-msi/model';
import { must, type WorkGit } from '../work/git.js';
import type { Committer } from '../work/identity.js';
import { refuse } from '../work/refusals.js';
import { readStatus, requireClean, some } from '../work/state.js';
import { recommit } from './pick.js';

// Resolutions are remembered, and staged when they are all that was missing (git-rerere(1)).
const REMEMBER = [
  '-c',
  'rerere.enabled=true',
  '-c',
  'rerere.autoUpdate=true',
  '-c',
  'merge.conflictStyle=diff3',
];

/** What became of a conflict. */
export type Resolution =
  | { readonly status: 'remembered' | 'resolved' | 'three-way'; readonly commit: string }
  | { readonly status: 'empty'; readonly commit: null };

/**
 * Brings the worktree to where a conflict is to be shown.
 *
 * @throws {UserError} `worktree-dirty` when it has work of somebody's
 */
export const goTo = async (dir: string, git: WorkGit, branch: string, head: string): Promise<void> => {
  await requireClean(dir, git);
  await must(git(['checkout', '--quiet', '-B', branch, head]));
};

/**
 * Shows a conflict in the worktree, which is where the commit is to be picked, so that a person can
 * resolve it.
 *
 * @returns what became of it when resolutions that git remembers were enough; null when it waits
 */
export const showConflict = async (
  dir: string,
  git: WorkGit,
  place: { readonly commit: string; readonly head: string },
  committer: Committer,
): Promise<Resolution | null> => {
  const { exitCode } = await git([...REMEMBER, 'cherry-pick', place.commit], { env: committer });
  if (exitCode === 0) return { status: 'three-way', commit: await must(git(['rev-parse', 'HEAD'])) };
  if ((await conflictedFiles(git)).length > 0) return null;
  const resolution = await resolve(dir, git, place, committer);
  return resolution?.status === 'resolved' ? { ...resolution, status: 'remembered' } : resolution;
};

/** The files that git could not merge. */
export const conflictedFiles = async (git: WorkGit): Promise<string[]> => {
  const text = await must(git(['diff', '--name-only', '-z', '--diff-filter=U']));
  return [...new Set(text.split('\0').filter((path) => path !== ''))];
};

/**
 * Takes what a person made of a conflict: resolved and staged, or committed.
 *
 * @returns null when the conflict was never shown, or somebody undid it
 * @throws {UserError} `rebase-unresolved` while something is not resolved or not staged
 */
export const resolve = async (
  dir: string,
  git: WorkGit,
  { commit, head }: { commit: string; head: string },
  committer: Committer,
): Promise<Resolution | null> => {
  const left = await conflictedFiles(git);
  if (left.length > 0) throw refuse('rebase-unresolved', dir, some(left));
  const at = await must(git(['rev-parse', 'HEAD']));
  if (at !== head) return takeCommit(dir, git, at, head);
  const picking = await access(join(dir, '.git/CHERRY_PICK_HEAD')).then(
    () => true,
    () => false,
  );
  const { changed } = await readStatus(git);
  if (!picking && changed.length === 0) return null;
  await requireStaged(dir, git);
  const tree = await must(git(['write-tree']));
  if (tree === (await must(git(['rev-parse', `${head}^{tree}`])))) {
    await must(git(['cherry-pick', '--quit']));
    return { status: 'empty', commit: null };
  }
  // For the next time: what git would do when it commits.
  await git([...REMEMBER, 'rerere']);
  const made = await recommit(git, commit, tree, head, committer);
  await must(git(['update-ref', 'HEAD', made]));
  await must(git(['cherry-pick', '--quit']));
  return { status: 'resolved', commit: made };
};

const takeCommit = async (dir: string, git: WorkGit, at: string, head: string): Promise<Resolution> => {
  const parents = await must(git(['rev-list', '--parents', '--max-count=1', at]));
  if (parents !== `${at} ${head}`) throw await beyond(dir, git, at, head);
  await requireClean(dir, git);
  return { status: 'resolved', commit: at };
};

// What is above the resolution waits on a branch until the rebase is done; without a resolution, the
// conflict is shown again.
const beyond = async (dir: string, git: WorkGit, at: string, head: string): Promise<UserError> => {
  const above = await must(git(['rev-list', '--reverse', '--first-parent', '--parents', `${head}..${at}`]));
  const [[resolved = '', parent = ''] = []] = above.split('\n').map((line) => line.split(' '));
  const why = `HEAD is at ${at.slice(0, 12)}, not one commit above ${head.slice(0, 12)}`;
  const goOn = './uio-msi series rebase --continue';
  if (parent !== head)
    return refuse('rebase-beyond', dir, why, `git branch mine && git reset --hard ${head}, then ${goOn}`);
  const keep = `git branch mine && git reset --hard ${resolved}`;
  return refuse('rebase-beyond', dir, why, `${keep}, then ${goOn}, then git cherry-pick ${resolved}..mine`);
};

const requireStaged = async (dir: string, git: WorkGit): Promise<void> => {
  const unstaged = await must(git(['diff', '--name-only', '-z']));
  if (unstaged !== '')
    throw refuse('rebase-unresolved', dir, `not added: ${some(unstaged.split('\0').filter(Boolean))}`);
  const { stdout } = await git(['diff', '--cached', '--check']);
  const marked = stdout.split('\n').filter((line) => line.endsWith('leftover conflict marker'));
  if (marked.length > 0) throw refuse('rebase-unresolved', dir, some(marked));
};
