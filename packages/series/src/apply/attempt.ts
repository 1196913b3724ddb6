// SPDX-License-Identifier: MIT
import { copyFile, rename } from 'node:fs/promises';
import type { PatchStatus, RejectedHunk } from '@uio-msi/model';
import type { Patch } from '../patch/patch.js';
import type { Git } from './git.js';
import { hasOffset, isMissing, parseRejects } from './messages.js';

/** How a patch met an index. */
export interface Outcome {
  readonly status: PatchStatus;
  readonly rejected: readonly RejectedHunk[];
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
 */
export const attempt = async (git: Git, index: string, patch: Patch): Promise<Outcome> => {
  const trial = `${index}.trial`;
  const apply = async (args: readonly string[]) => {
    await copyFile(index, trial);
    const all = ['apply', '--cached', '--verbose', ...args, '-'];
    return await git(all, { index: trial, input: patch.diff, mayFail: true });
  };
  for (const { args, status } of ATTEMPTS) {
    const { exitCode, stderr } = await apply(args);
    if (exitCode !== 0) continue;
    await rename(trial, index);
    return { status: status(stderr), rejected: [] };
  }
  const rejected = parseRejects(patch, (await apply(['--check', '--reject'])).stderr);
  return { status: rejected.some(isMissing) ? 'missing-file' : 'conflict', rejected };
};
