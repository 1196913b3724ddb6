// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';

// What a series on disk can be told it does wrong: one row for each cause.
const PROBLEMS = {
  'series-missing': ['there is no series', 'name a folder of patches/ that has a series.yaml'],
  'series-invalid': ['cannot be understood', 'correct it: packages/series/README.md shows its shape'],
  'series-mismatch': [
    'does not list what series.yaml lists',
    'make both list the same patches in the same order',
  ],
  'prerequisite-circle': ['needs itself', 'take one of these prerequisites out of its series.yaml'],
  'file-missing': ['is not there', 'add the file, or take its name out of series.yaml'],
  'file-outside': [
    'is not a path inside the series',
    'name files relative to the series folder, without ".."',
  ],
  'file-special': ['is not a regular file', 'put a plain file in its place'],
  'file-too-big': ['is too big for a patch', 'check what it is; patches are at most 8 MiB'],
  'file-binary': ['is not text', 'write it again with git format-patch'],
  'file-encoding': ['is not UTF-8', 'convert it, for example with iconv -t UTF-8'],
  'file-crlf': [
    'has CRLF line ends',
    'convert it, for example with dos2unix: git apply would not find its context',
  ],
  'patch-header': [
    'lacks a usable mail header',
    'write it again with git format-patch: it needs From: and Subject:',
  ],
  'patch-encoded': [
    'has an encoded body, which quilt cannot apply',
    'decode it: git mailinfo message patch < FILE, or write it again with git format-patch',
  ],
  'patch-malformed': [
    'is not a well-formed patch',
    'write it again with git format-patch instead of editing hunks',
  ],
  'patch-empty': ['changes nothing', 'take it out of series.yaml, or write it again with git format-patch'],
  'patch-traditional': [
    'has changes without a "diff --git" line, as quilt and diff -u write them',
    'undo that (git checkout -- FILE), and bring them through the worktree: docs/developer.md, under quilt',
  ],
  'commit-empty': [
    'is a commit that changes nothing: this kernel has the patch already, or nothing was committed',
    'on the line that the series is made for, drop it: git rebase --no-keep-empty --force-rebase base',
  ],
  'patch-path': ['changes a path that no patch may touch', 'take that file out of the patch'],
  'patch-binary': ['has binary contents, which nobody can review', 'take that file out of the patch'],
  'patch-mode': ['makes something that is not a plain file', 'take the link or submodule out of the patch'],
  'mailbox-empty': [
    'has no patch',
    'give a mailbox of mails as git format-patch or git send-email make them',
  ],
  'side-unknown': [
    'is no revision, no line and no file',
    'name v1, current, a kernel line such as 6.12, or the file of a mailbox',
  ],
  'posted-missing': ['is not there', 'name a revision that posted/ has, or "current"'],
  'posted-changed': [
    'is not what was mailed',
    'bring it back from the history of this repository: git checkout -- FILE',
  ],
  'posted-unlisted': [
    'has no checksum in posted/SHA256SUMS',
    'when it is as it was mailed: (cd posted && sha256sum vN.mbox >>SHA256SUMS)',
  ],
  'posted-again': ['was posted already', 'open the next revision: raise revision in series.yaml'],
  'series-unfinished': [
    'is in the middle of a change that was interrupted',
    'run ./uio-msi series show: it ends what was begun, unless another command is at it right now',
  ],
} as const satisfies Record<string, readonly [what: string, next: string]>;

/** A cause for which a series on disk is refused. */
export type Problem = keyof typeof PROBLEMS;

// A line of the input may be megabytes long; a message is for people.
const clip = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/** The error for a file of a series: what is wrong with it, why, and what to do. */
export const problem = (code: Problem, file: string, why?: string): UserError => {
  const [what, next] = PROBLEMS[code];
  return new UserError({ code, message: `${clip(file)} ${what}`, why: why && clip(why), next });
};
