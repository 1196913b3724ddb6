// SPDX-License-Identifier: MIT
import type { Cell } from '../cell.js';
import type { CellResult } from '../result.js';

/** A cell in two runs; null where a run has it not. */
export type CellPair =
  | { readonly before: CellResult; readonly after: CellResult }
  | { readonly before: null; readonly after: CellResult }
  | { readonly before: CellResult; readonly after: null };

const place = ({ series, arch, toolchain, config, prefix }: Cell): readonly unknown[] => [
  ...[series, arch, toolchain, config, prefix],
];
const exactly = (cell: Cell): string => JSON.stringify([cell.kernel, ...place(cell)]);
const byLine = (cell: Cell): string => JSON.stringify([cell.line, ...place(cell)]);

/**
 * Pairs the cells of two runs: of the same kernel first, then, of what is left, of the same line,
 * for a line goes on to its next version. The revision of the series does not count: that it may
 * differ is why runs are compared. Pure.
 *
 * @returns the pairs in the order of the later run, then what is only in the earlier one
 */
export const pairCells = (
  before: readonly CellResult[],
  after: readonly CellResult[],
): readonly CellPair[] => {
  const left = new Map(before.map((cell) => [exactly(cell), cell]));
  const take = (key: string, from: Map<string, CellResult>): CellResult | null => {
    const found = from.get(key) ?? null;
    if (found) left.delete(exactly(found));
    return found;
  };
  const same = after.map((cell) => take(exactly(cell), left));
  const lines = new Map([...left.values()].map((cell) => [byLine(cell), cell]));
  const pairs = after.map((cell, at): CellPair => {
    if (same[at]) return { before: same[at], after: cell };
    const earlier = take(byLine(cell), lines);
    lines.delete(byLine(cell));
    return { before: earlier, after: cell };
  });
  return [...pairs, ...[...left.values()].map((cell) => ({ before: cell, after: null }))];
};
