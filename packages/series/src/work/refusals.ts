// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';

// For what a worktree, or whoever works in it, is sent back: one row for each cause.
const REFUSALS = {
  'no-identity': [
    'git does not know who commits',
    'tell it: git config --global user.name "YOUR NAME" && git config --global user.email YOU@EXAMPLE.ORG',
  ],
  'clock-in-past': ['the clock of this machine is wrong', 'set it, for example: timedatectl set-ntp true'],
  'worktree-taken': ['is there already and is no worktree of this series', 'name another folder: --dir DIR'],
  'worktree-missing': ['is no worktree of a series', 'make it: ./uio-msi series edit'],
  'worktree-other': [
    'is not the worktree that you name',
    'name the worktree of this series and kernel with --dir DIR, or make one: ./uio-msi series edit',
  ],
  'worktree-has-work': [
    'has work that is not in the patches, and the patches have changed since it was made',
    'keep its commits (git branch kept), then move it out of the way or name another folder: --dir DIR',
  ],
  'worktree-dirty': [
    'has changes that are in no commit',
    'commit them (git commit --amend, or git commit --fixup and git rebase -i --autosquash), or git stash',
  ],
  'worktree-busy': ['is in the middle of something', 'end it first'],
  'head-detached': [
    'is on no branch, so that nobody knows which commits are meant',
    'go back to the branch with git switch, or keep where you are with git switch -c NAME',
  ],
  'base-other': [
    'has a branch that is not built upon the kernel that the worktree was made for',
    'put the commits there (git rebase --onto base), or move the series: ./uio-msi series rebase KERNEL',
  ],
  'merge-commit': ['has a merge in its branch', 'make it a line of commits: git rebase base'],
  'nothing-left': [
    'has no commit for any patch',
    'a series has at least one patch: bring them back with git reflog',
  ],
  'too-many': ['has more commits than a series can have', 'at most 1000, and upstream takes 15 at once'],
  'patches-popped': ['has patches that stgit has popped', 'push them or delete them: stg push -a'],
  'series-changed': [
    'was changed since the worktree was made, by hand or by submit trailers',
    'make another worktree of it with series edit --dir DIR and bring your commits there (git rebase --onto, git cherry-pick)',
  ],
  'not-applying': ['does not apply to this kernel', 'move it there: ./uio-msi series rebase KERNEL'],
  'line-newer': [
    'is for a newer line than the series',
    'a variant is for older lines; move the series instead: ./uio-msi series rebase KERNEL',
  ],
  'variant-shape': [
    'has other patches than the series',
    'add, drop, rename and reorder patches on the line that the series is made for; a variant only replaces them',
  ],
  'variant-why': ['needs a variant that the series does not have', 'say what differs there: --why "TEXT"'],
  'rebase-none': ['is in no rebase', 'begin one: ./uio-msi series rebase KERNEL'],
  'rebase-running': [
    'is in the middle of a rebase',
    'end it: ./uio-msi series rebase --continue, or give it up: --abort',
  ],
  'rebase-unresolved': [
    'has conflicts that are not resolved',
    'edit the files, git add them, and then: ./uio-msi series rebase --continue',
  ],
  'rebase-older': [
    'is made for a newer line',
    'what differs on an older one is a variant: ./uio-msi series edit --kernel LINE',
  ],
  'rebase-same': ['is on that kernel already', 'nothing to do'],
  'rebase-beyond': [
    'has other commits than the one that resolves the conflict',
    'keep them (git branch mine), and go back to where the conflict is',
  ],
} as const satisfies Record<string, readonly [what: string, next: string]>;

/** The error for a worktree: what is wrong, why, and what to do. */
export const refuse = (
  code: keyof typeof REFUSALS,
  subject: string,
  why?: string,
  next?: string,
): UserError => {
  const [what, advice] = REFUSALS[code];
  return new UserError({
    code,
    message: subject === '' ? what : `${subject} ${what}`,
    why: why && (why.length > 400 ? `${why.slice(0, 400)}…` : why),
    next: next ?? advice,
  });
};
