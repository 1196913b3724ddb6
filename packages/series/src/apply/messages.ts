// SPDX-License-Identifier: MIT
import type { RejectedHunk } from '@uio-msi/model';
import type { Patch } from '../patch/patch.js';

/** Whether `git apply --verbose` found a hunk at other lines than the patch says. */
export const hasOffset = (stderr: string): boolean => /^Hunk #\d+ succeeded at .*offset/m.test(stderr);

/** Whether a path that a patch changes is not in the index. */
export const isMissing = ({ reason }: RejectedHunk): boolean => reason === MISSING;

const MISSING = 'there is no such file';

// Messages of git's apply.c.
const HUNK = /^error: patch failed: (?<file>.+):(?<line>\d+)$/;
const FILES: readonly (readonly [message: RegExp, reason: string])[] = [
  [/^error: (?<file>.+): does not exist in index$/, MISSING],
  [/^error: (?<file>.+): No such file or directory$/, MISSING],
  [/^error: (?<file>.+): already exists in index$/, 'it is there already, with other contents'],
];

/**
 * What of a patch git refused, hunk by hunk.
 *
 * @param stderr of `git apply --verbose`, which stops at a file's first hunk that does not fit
 * @param rejects of the same with `--check --reject`, which goes on, but tries only hunks
 */
export const parseRejects = (patch: Patch, stderr: string, rejects: string): RejectedHunk[] => {
  const known = rejects.split('\n').flatMap((line) => rejectedHunk(patch, line) ?? rejectedFile(line) ?? []);
  return known.length > 0 ? known : stderr.split('\n').flatMap((line) => otherError(patch, line));
};

const rejectedHunk = (patch: Patch, message: string): RejectedHunk | null => {
  const { file, line } = HUNK.exec(message)?.groups ?? {};
  if (file === undefined || line === undefined) return null;
  const hunks = patch.changes.filter(({ from, to }) => from === file || to === file).flatMap((c) => c.hunks);
  const hunk = hunks.find(({ oldStart }) => oldStart === Number(line)) ?? null;
  const reason = `the lines it expects near line ${line} are not in the file`;
  return { file, hunk: hunk?.header ?? null, reason };
};

const rejectedFile = (message: string): RejectedHunk | null => {
  for (const [pattern, reason] of FILES) {
    const file = pattern.exec(message)?.groups?.['file'];
    if (file !== undefined) return { file, hunk: null, reason };
  }
  return null;
};

const otherError = (patch: Patch, message: string): RejectedHunk[] => {
  const reason = /^(?:error|fatal): (?<reason>.*)$/.exec(message)?.groups?.['reason'];
  return reason === undefined ? [] : [{ file: patch.file, hunk: null, reason }];
};
