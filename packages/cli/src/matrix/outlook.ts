// SPDX-License-Identifier: MIT
import type { CellResult, StageName, Verdict } from '@uio-msi/model';
import { openKnown, type PlannedCell, type Runtimes } from '@uio-msi/pipeline';
import { suiteBundle } from '../cells/check.js';
import type { World } from '../world/world.js';
import { runtimes } from './runtimes.js';

/** What is to be expected of a cell. */
export interface Outlook {
  /** What is known of it already; MISS when nothing or not all is. */
  readonly known: Verdict;
  /** The stages that are still to be run. */
  readonly left: readonly StageName[];
  /** Seconds that they took when they were run last; null when nobody knows. */
  readonly seconds: number | null;
}

/** Seconds together; null when of one of them nobody knows. Pure. */
export const summed = (seconds: readonly (number | null)[]): number | null =>
  seconds.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);

/** What is to be expected of cells, by their keys. Nothing is run or fetched. */
export const outlookOf = async (
  cells: readonly PlannedCell[],
  world: World,
): Promise<ReadonlyMap<string, Outlook>> => {
  const state = await world.openState();
  const times = await runtimes(world);
  const ask = await openKnown({
    ...{ state, progress: world.progress, signal: world.signal },
    suiteBundle: () => suiteBundle(world.root),
  });
  const known = await ask(cells, null);
  const left = cells.map((planned, at) => ({ planned, left: leftOf(known[at]?.stages ?? []) }));
  const seconds = secondsOf(left, times);
  return new Map(
    left.map((one, at) => [
      one.planned.key,
      { known: known[at]?.verdict ?? 'MISS', left: one.left, seconds: seconds[at] ?? null },
    ]),
  );
};

// What waits for a stage that is not known is not known either.
const leftOf = (stages: CellResult['stages']): readonly StageName[] => {
  const first = stages.findIndex(({ verdict }) => verdict === 'MISS');
  if (first < 0) return [];
  return stages
    .slice(first)
    .flatMap(({ stage, verdict }) => (verdict === 'MISS' || verdict === 'SKIP' ? [stage] : []));
};

/** What is left of a cell. */
interface Left {
  readonly planned: PlannedCell;
  readonly left: readonly StageName[];
}

/**
 * The seconds of what is left of each cell; null when nobody knows. The tree without the series is
 * the same for all prefixes of it: its time is that of the first cell of a folder. Pure.
 */
export const secondsOf = (cells: readonly Left[], times: Runtimes): readonly (number | null)[] => {
  const bases = new Map<string, PlannedCell>();
  for (const { planned, left } of cells)
    if (left.includes('base') && !bases.has(planned.folder)) bases.set(planned.folder, planned);
  return cells.map(({ planned, left }) => {
    const own = left.filter((stage) => stage !== 'base' || bases.get(planned.folder) === planned);
    return summed(own.map((stage) => times.of(stage, planned)));
  });
};
