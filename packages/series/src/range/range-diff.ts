// SPDX-License-Identifier: MIT
import { structuredPatch } from 'diff';
import type { Patch } from '../patch/patch.js';
import { type Normal, normalize } from './normal.js';
import { type Pair, pairPatches } from './pairs.js';

/** A piece of the difference between two patches. */
export interface RangeHunk {
  /** The title that it is below: `Commit message`, or a file. */
  readonly title: string;
  /** Its lines: space, `+` or `-`, and then a line of the patch. */
  readonly lines: readonly string[];
}

/** One row of a range-diff. */
export interface RangeRow extends Pair {
  readonly subject: string;
  /** The subject it had before, when it had another. */
  readonly was: string | null;
  /** For a patch that changed: where. */
  readonly hunks: readonly RangeHunk[];
}

/** What became of the patches of one revision in another, and how those that changed differ. */
export const rangeDiff = (before: readonly Patch[], after: readonly Patch[]): RangeRow[] =>
  pairPatches(before, after).map((pair) => {
    const old = pair.before === null ? undefined : before[pair.before];
    const now = pair.after === null ? undefined : after[pair.after];
    const subject = (now ?? old)?.subject ?? '';
    return {
      ...pair,
      subject,
      was: old && old.subject !== subject ? old.subject : null,
      hunks: old && now && pair.status === 'changed' ? hunksBetween(normalize(old), normalize(now)) : [],
    };
  });

const CONTEXT = 3;

const hunksBetween = (a: Normal, b: Normal): RangeHunk[] => {
  const [old, now] = [a.message + a.diff, b.message + b.diff];
  const titles = titlesOf(old);
  return structuredPatch('a', 'b', old, now, '', '', { context: CONTEXT }).hunks.map(
    ({ oldStart, lines }) => ({
      title: titles[Math.min(oldStart + CONTEXT, titles.length) - 1] ?? '',
      lines,
    }),
  );
};

// For each line the nearest title above it.
const titlesOf = (text: string): string[] => {
  let title = '';
  return text.split('\n').map((line) => {
    title = /^ ## (.*) ##$/.exec(line)?.[1] ?? title;
    return title;
  });
};
