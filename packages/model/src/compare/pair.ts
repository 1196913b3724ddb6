// SPDX-License-Identifier: MIT
import { type Cell, familyOf } from '../cell.js';
import type { CellResult } from '../result.js';

/** A cell in two runs; null where a run has it not. */
export type CellPair<B extends Cell = CellResult, A extends Cell = B> =
  | { readonly before: B | null; readonly after: A }
  | { readonly before: B; readonly after: null };

const place = ({ series, arch, toolchain, config, prefix }: Cell): readonly unknown[] => [
  ...[series, arch, toolchain, config, prefix],
];
const exactly = (cell: Cell): string => JSON.stringify([cell.kernel, ...place(cell)]);
const byLine = (cell: Cell): string => JSON.stringify([cell.line, ...place(cell)]);
const byFamily = (cell: Cell): string => byLine({ ...cell, toolchain: familyOf(cell.toolchain) });

/**
 * Pairs the cells of two runs: of the same kernel first, then, of what is left, of the same line,
 * for a line goes on to its next version, then of the same family of compilers, for a machine goes
 * on to the next version of its compiler. The revision of the series does not count: that it may
 * differ is why runs are compared. Pure.
 *
 * @returns the pairs in the order of the later run, then what is only in the earlier one
 */
export const pairCells = <B extends Cell, A extends Cell>(
  before: readonly B[],
  after: readonly A[],
): readonly CellPair<B, A>[] => {
  const left = new Set(before);
  const found = new Map<A, B>();
  for (const keyOf of [exactly, byLine, byFamily]) {
    const there = new Map([...left].map((cell) => [keyOf(cell), cell]));
    for (const cell of after) {
      const key = keyOf(cell);
      const earlier = found.has(cell) ? undefined : there.get(key);
      if (!earlier) continue;
      found.set(cell, earlier);
      left.delete(earlier);
      there.delete(key);
    }
  }
  const pairs = after.map((cell): CellPair<B, A> => ({ before: found.get(cell) ?? null, after: cell }));
  return [...pairs, ...[...left].map((cell) => ({ before: cell, after: null }))];
};
