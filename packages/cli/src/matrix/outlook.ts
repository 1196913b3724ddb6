// SPDX-License-Identifier: MIT
import type { StageName, Verdict } from '@uio-msi/model';
import { openKnown, type PlannedCell } from '@uio-msi/pipeline';
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
  return new Map(
    cells.map((planned, at) => {
      const stages = known[at]?.stages ?? [];
      const first = stages.findIndex(({ verdict }) => verdict === 'MISS');
      // What waits for a stage that is not known is not known either.
      const left =
        first < 0
          ? []
          : stages
              .slice(first)
              .flatMap(({ stage, verdict }) => (verdict === 'MISS' || verdict === 'SKIP' ? [stage] : []));
      const seconds = summed(left.map((stage) => times.of(stage, planned)));
      return [planned.key, { known: known[at]?.verdict ?? 'MISS', left, seconds }];
    }),
  );
};
