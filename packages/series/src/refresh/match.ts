// SPDX-License-Identifier: MIT
import type { Patch } from '../patch/patch.js';
import { pairPatches } from '../range/pairs.js';
import type { ReadCommit } from '../work/read-commits.js';

/** A patch of a series and the commit that was made of it. */
export interface Recorded {
  readonly patch: Patch;
  readonly commit: ReadCommit;
}

/** A commit as it is now, and what it looks like as a patch. */
export interface Current {
  readonly patch: Patch;
  readonly slug: string;
  readonly commit: ReadCommit;
}

// By what a commit is taken for a patch of the series, the surest first.
const SAME: readonly ((old: Recorded, now: Current) => boolean)[] = [
  (old, now) => old.commit.commit === now.commit.commit,
  (old, now) => old.commit.identity === now.commit.identity,
  (old, now) => old.commit.subject === now.commit.subject,
];

/**
 * For each commit the patch that it was, by position; null for a new one. What none of the rules
 * finds is paired as `git range-diff` would.
 */
export const matchCommits = (olds: readonly Recorded[], news: readonly Current[]): (number | null)[] => {
  const found: (number | null)[] = news.map(() => null);
  const free = new Set(olds.keys());
  for (const same of SAME)
    for (const [at, now] of news.entries()) {
      if (found[at] !== null) continue;
      const old = [...free].find((one) => olds[one] && same(olds[one], now));
      if (old === undefined) continue;
      found[at] = old;
      free.delete(old);
    }
  const left = [...free];
  const open = [...news.keys()].filter((at) => found[at] === null);
  const pairs = pairPatches(
    left.flatMap((at) => olds[at]?.patch ?? []),
    open.flatMap((at) => news[at]?.patch ?? []),
  );
  for (const { before, after } of pairs)
    if (before !== null && after !== null) found[open[after] ?? -1] = left[before] ?? null;
  return found;
};
