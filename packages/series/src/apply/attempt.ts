// SPDX-License-Identifier: MIT
import { copyFile, rename } from 'node:fs/promises';
import type { PatchStatus, RejectedHunk } from '@uio-msi/model';
import { type Patch, touchedPaths } from '../patch/patch.js';
import type { Git } from './git.js';
import { difference, readIndex } from './index-file.js';
import { hasOffset, isMissing, parseRejects } from './messages.js';
import { type Entry, isPlain } from './trees.js';

/** How a patch met a tree. */
export interface Outcome {
  readonly status: PatchStatus;
  readonly rejected: readonly RejectedHunk[];
}

/** What an index has, by path. */
export type Contents = ReadonlyMap<string, Entry>;

/** How a patch met an index, and what the index has now. */
export interface Met extends Outcome {
  readonly after: Contents;
}

interface Attempt {
  readonly args: readonly string[];
  readonly status: (stderr: string) => PatchStatus;
}

// Tried in this order. A merge knows more than fuzz, which guesses, so it goes first; -C1 leaves
// one line of context, as patch(1) does at its default fuzz of 2.
const ATTEMPTS: readonly Attempt[] = [
  { args: [], status: (stderr) => (hasOffset(stderr) ? 'offset' : 'clean') },
  { args: ['--check', '--reverse'], status: () => 'already-upstream' },
  { args: ['--3way'], status: () => 'three-way' },
  { args: ['-C1'], status: () => 'fuzz' },
];

/**
 * Applies a patch to an index in the first way that works. The index changes only as a whole: it
 * stays as it was when no way does.
 *
 * @param before what the index has
 */
export const attempt = async (git: Git, index: string, patch: Patch, before: Contents): Promise<Met> => {
  const trial = `${index}.trial`;
  const apply = async (args: readonly string[]) => {
    await copyFile(index, trial);
    const all = ['apply', '--cached', '--verbose', ...args, '-'];
    return await git(all, { index: trial, input: patch.diff, mayFail: true });
  };
  for (const { args, status } of ATTEMPTS) {
    const { exitCode, stderr } = await apply(args);
    if (exitCode !== 0) continue;
    const after = await readIndex(git, trial);
    const changes = difference(before, after);
    const strays = [...changes].filter(([path, entry]) => isStray(patch, path, entry));
    if (strays.length > 0)
      return { status: 'conflict', rejected: strays.map(([file]) => ({ file, ...STRAY })), after: before };
    await rename(trial, index);
    return { status: changes.size === 0 ? 'already-upstream' : status(stderr), rejected: [], after };
  }
  const [plain, rejects] = [await apply([]), await apply(['--check', '--reject'])];
  const rejected = parseRejects(patch, plain.stderr, rejects.stderr);
  return { status: rejected.some(isMissing) ? 'missing-file' : 'conflict', rejected, after: before };
};

const STRAY = {
  hunk: null,
  reason: 'git would change this too, but the patch does not name it as a plain file',
};

// Should git ever read a patch differently than we do, what we have not looked at is not let in.
const isStray = (patch: Patch, path: string, entry: Entry | null): boolean =>
  !touchedPaths(patch).includes(path) || (entry !== null && !isPlain(entry));
