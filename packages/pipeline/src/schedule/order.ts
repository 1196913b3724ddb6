// SPDX-License-Identifier: MIT
import type { PlannedCell } from '../plan/plan.js';

/** Seconds that a cell is expected to take; null when nobody knows. */
export type Expected = (planned: PlannedCell) => number | null;

/**
 * Cells that share a worktree one behind the other, the rest as lanes of their own, in the order
 * in which they are to be begun: what takes no time first, so that it is told whatever happens;
 * then what takes longest, so that it is not left alone at the end. What nobody knows is taken to
 * be long. Pure.
 */
export const lanesOf = (
  cells: readonly PlannedCell[],
  expected: Expected,
): readonly (readonly PlannedCell[])[] => {
  const lanes = new Map<string, PlannedCell[]>();
  for (const cell of cells) {
    const lane = lanes.get(cell.folder);
    if (lane) lane.push(cell);
    else lanes.set(cell.folder, [cell]);
  }
  const seconds = (lane: readonly PlannedCell[]): number =>
    lane.reduce((sum, cell) => sum + (expected(cell) ?? Number.POSITIVE_INFINITY), 0);
  const rank = (lane: readonly PlannedCell[]): number => {
    const all = seconds(lane);
    return all === 0 ? Number.NEGATIVE_INFINITY : -all;
  };
  const ranked = [...lanes.values()].map((lane) => ({ lane, rank: rank(lane) }));
  // Infinities are equal to themselves, and their difference is no number.
  return ranked.sort((a, b) => (a.rank === b.rank ? 0 : a.rank < b.rank ? -1 : 1)).map(({ lane }) => lane);
};

/**
 * Does the work of all items, at most `limit` at once, begun in the order given. One that fails
 * lets no other begin; the failure is thrown when those under way have ended.
 */
export const inLanes = async <T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const left = [...items];
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined && failures.length === 0; item = left.shift())
      await work(item).catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
};
