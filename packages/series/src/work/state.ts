// SPDX-License-Identifier: MIT
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { must, type WorkGit } from './git.js';
import type { Work } from './record.js';
import { refuse } from './refusals.js';

// What git leaves in its folder while it waits for a person, and how that is ended.
const UNDER_WAY: readonly (readonly [file: string, what: string, next: string])[] = [
  ['rebase-merge', 'git rebase', 'git rebase --continue, or --abort'],
  ['rebase-apply', 'git am or git rebase', 'git am --continue or git rebase --continue, or --abort'],
  ['CHERRY_PICK_HEAD', 'git cherry-pick', 'git cherry-pick --continue, or --abort'],
  ['REVERT_HEAD', 'git revert', 'git revert --continue, or --abort'],
  ['MERGE_HEAD', 'git merge', 'git merge --continue, or --abort'],
  ['BISECT_LOG', 'git bisect', 'git bisect reset'],
];

/** Makes sure that git waits for nothing in a worktree. */
export const requireIdle = async (dir: string): Promise<void> => {
  for (const [file, what, next] of UNDER_WAY)
    if (await isThere(join(dir, '.git', file))) throw refuse('worktree-busy', dir, `of ${what}`, next);
};

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** What git knows to differ in a worktree, and what it does not know. */
export const readStatus = async (git: WorkGit): Promise<{ changed: string[]; untracked: string[] }> => {
  const text = await must(
    git(['status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=normal']),
  );
  const lines = text.split('\0').filter((line) => line !== '');
  const paths = (wanted: boolean) =>
    lines.filter((line) => line.startsWith('??') === wanted).map((line) => line.slice(3));
  return { changed: paths(false), untracked: paths(true) };
};

/** Makes sure that everything in a worktree is in a commit; gives the files that git does not know. */
export const requireClean = async (dir: string, git: WorkGit): Promise<string[]> => {
  const { changed, untracked } = await readStatus(git);
  if (changed.length > 0) throw refuse('worktree-dirty', dir, some(changed));
  return untracked;
};

/** Some of a list, for a message. */
export const some = (items: readonly string[]): string =>
  items.length > 5 ? `${items.slice(0, 5).join(', ')} and ${items.length - 5} more` : items.join(', ');

/** The branch that is checked out; refused when there is none. */
export const requireBranch = async (dir: string, git: WorkGit): Promise<string> => {
  const { exitCode, stdout } = await git(['symbolic-ref', '--quiet', '--short', 'HEAD']);
  if (exitCode !== 0) throw refuse('head-detached', dir);
  return stdout.trim();
};

/** Makes sure that a branch is built upon the base. */
export const requireBase = async (dir: string, git: WorkGit, { base, kernel }: Work): Promise<void> => {
  const { exitCode } = await git(['merge-base', '--is-ancestor', base, 'HEAD']);
  if (exitCode !== 0)
    throw refuse('base-other', dir, `it was made for linux ${kernel.version}, ${base.slice(0, 12)}`);
};

/**
 * Makes sure that stgit has pushed all its patches: what it has popped is in no branch, and would
 * look dropped. Its patches are references (refs/patches/BRANCH/NAME), those of old versions with
 * logs beside them.
 */
export const requirePushed = async (dir: string, git: WorkGit, branch: string): Promise<void> => {
  const args = [
    'for-each-ref',
    '--no-merged=HEAD',
    '--format=%(refname:lstrip=2)',
    `refs/patches/${branch}/`,
  ];
  const popped = (await must(git(args))).split('\n').filter((name) => name !== '' && !name.endsWith('.log'));
  if (popped.length > 0) throw refuse('patches-popped', dir, some(popped));
};

// Clocks of two machines may differ, those of one do not go back by more than a correction.
const TOLERANCE_SECONDS = 3600;

/** Makes sure that time has not gone back since a worktree was made: commits would be dated before what they are made of. */
export const requireClock = (now: number, { since }: Work): void => {
  if (now >= since - TOLERANCE_SECONDS) return;
  const [clock, then] = [now, since].map((seconds) => new Date(seconds * 1000).toUTCString());
  throw refuse('clock-in-past', '', `it says ${clock}, and the worktree was made on ${then}`);
};
