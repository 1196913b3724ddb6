// SPDX-License-Identifier: MIT
import { structuredPatch } from 'diff';
import type { Patch } from '../patch/patch.js';
import { assign } from './assign.js';
import { type Normal, normalize } from './normal.js';

/** What became of a patch from one revision to another. */
export type PairStatus = 'same' | 'changed' | 'dropped' | 'added';

/** A patch of one side and its like on the other. */
export interface Pair {
  readonly status: PairStatus;
  /** Its position on each side, from 0; null where it is not. */
  readonly before: number | null;
  readonly after: number | null;
}

// In percent of its lines, what it costs to take a patch for a new one: --creation-factor of
// git-range-diff(1).
const CREATION_FACTOR = 60;

interface Side {
  readonly normal: readonly Normal[];
  /** For each patch its position on the other side. */
  readonly match: (number | null)[];
}

/**
 * Pairs the patches of two revisions as `git range-diff` does: those with the same changes first, in
 * order; the rest so that what the differences between their changes amount to is the least, where
 * a patch may also be new or dropped. In the order in which git lists them.
 */
export const pairPatches = (before: readonly Patch[], after: readonly Patch[]): Pair[] => {
  const a: Side = { normal: before.map(normalize), match: before.map(() => null) };
  const b: Side = { normal: after.map(normalize), match: after.map(() => null) };
  matchExactly(a, b);
  matchByCost(a, b);
  return inOrder(a, b);
};

/**
 * Pairs the patches of two revisions of one series: those with the same subject first, whatever they
 * do now, and the rest as {@link pairPatches} does. For `git range-diff`, a small patch of which half
 * is another is a new one; for whoever reads the series it is what its subject says.
 */
export const pairRevisions = (before: readonly Patch[], after: readonly Patch[]): Pair[] => {
  const a: Side = { normal: before.map(normalize), match: before.map(() => null) };
  const b: Side = { normal: after.map(normalize), match: after.map(() => null) };
  for (const [at, { subject }] of after.entries())
    join(
      a,
      b,
      indexOfFree(a, (one) => before[one]?.subject === subject),
      at,
    );
  matchExactly(a, b);
  matchByCost(a, b);
  return inOrder(a, b);
};

const indexOfFree = ({ match }: Side, wanted: (at: number) => boolean): number | undefined => {
  const found = match.findIndex((other, at) => other === null && wanted(at));
  return found === -1 ? undefined : found;
};

const matchExactly = (a: Side, b: Side): void => {
  const positions = new Map<string, number[]>();
  for (const [at, { diff }] of a.normal.entries())
    if (a.match[at] === null) positions.set(diff, [...(positions.get(diff) ?? []), at]);
  for (const [at, { diff }] of b.normal.entries())
    if (b.match[at] === null) join(a, b, positions.get(diff)?.shift(), at);
};

const join = (a: Side, b: Side, before: number | undefined, after: number): void => {
  if (before === undefined) return;
  a.match[before] = after;
  b.match[after] = before;
};

const unmatched = ({ normal, match }: Side): { at: number; patch: Normal; lines: Map<string, number> }[] =>
  normal.flatMap((patch, at) => (match[at] === null ? [{ at, patch, lines: countLines(patch.diff) }] : []));

// What is gained by pairing two is the cost of both as new ones, less that of their difference.
const matchByCost = (a: Side, b: Side): void => {
  const [olds, news] = [unmatched(a), unmatched(b)];
  const found = assign(olds.length, news.length, (row, column) => {
    const [one, other] = [olds[row], news[column]];
    if (!one || !other) return 0;
    const limit = creation(one.patch) + creation(other.patch);
    // Each line that has no like is an edit, so that most pairs need no diff.
    if (one.patch.size + other.patch.size - 2 * common(one.lines, other.lines) >= limit) return 0;
    return differenceSize(one.patch.diff, other.patch.diff, limit) - limit;
  });
  for (const [row, column] of found.entries())
    if (column !== null) join(a, b, olds[row]?.at, news[column]?.at ?? 0);
};

const creation = ({ size }: Normal): number => Math.floor((size * CREATION_FACTOR) / 100);

const countLines = (text: string): Map<string, number> => {
  const lines = new Map<string, number>();
  for (const line of text.split('\n').slice(0, -1)) lines.set(line, (lines.get(line) ?? 0) + 1);
  return lines;
};

const common = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number => {
  let sum = 0;
  for (const [line, count] of a) sum += Math.min(count, b.get(line) ?? 0);
  return sum;
};

// As git counts it: the lines of the diff, context and headers of hunks too (diffsize()).
const differenceSize = (a: string, b: string, limit: number): number => {
  const diff = structuredPatch('a', 'b', a, b, '', '', { context: 3, maxEditLength: limit });
  if (!diff) return limit;
  return Math.min(
    limit,
    diff.hunks.reduce((sum, { lines }) => sum + lines.length + 1, 0),
  );
};

// A dropped patch when all before it on its side have been shown, then the new ones, then the next
// of the new side (output() in range-diff.c).
const inOrder = (a: Side, b: Side): Pair[] => {
  const pairs: Pair[] = [];
  const shown = new Set<number>();
  let next = 0;
  const showDropped = () => {
    for (; next < a.match.length && (shown.has(next) || a.match[next] === null); next += 1)
      if (a.match[next] === null) pairs.push({ status: 'dropped', before: next, after: null });
  };
  for (const [after, before] of b.match.entries()) {
    showDropped();
    if (before === null) pairs.push({ status: 'added', before: null, after });
    else {
      const same =
        a.normal[before]?.diff === b.normal[after]?.diff &&
        a.normal[before]?.message === b.normal[after]?.message;
      pairs.push({ status: same ? 'same' : 'changed', before, after });
      shown.add(before);
    }
  }
  showDropped();
  return pairs;
};
