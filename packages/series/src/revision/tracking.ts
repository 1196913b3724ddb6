// SPDX-License-Identifier: MIT
import type { Series } from '../series.js';
import { postedRevisions } from './posted.js';

/** What a cover letter says, below its text, of where the series belongs. */
export interface Tracking {
  /** One line each, under the names that git (`git format-patch --base`) and b4 read. */
  readonly lines: readonly string[];
  /** Names of prerequisites that were never posted, so that nobody else can find them. */
  readonly unposted: readonly string[];
}

/**
 * Says where a series belongs. A prerequisite that is a series of this checkout is named by the
 * newest revision that was posted: the one that is open nobody else has.
 *
 * @param known the prerequisites that are series of this checkout, by name
 */
export const readTracking = async (
  series: Series,
  known: ReadonlyMap<string, Series> = new Map(),
): Promise<Tracking> => {
  const lines = [
    ...(series.baseCommit === null ? [] : [`base-commit: ${series.baseCommit}`]),
    `change-id: ${series.changeId}`,
  ];
  const unposted: string[] = [];
  for (const prerequisite of series.prerequisites) {
    if ('series' in prerequisite) {
      const other = known.get(prerequisite.series);
      const newest = other && (await postedRevisions(other.dir)).at(-1);
      if (newest === undefined) unposted.push(prerequisite.series);
      else lines.push(`prerequisite-change-id: ${other?.changeId}:v${newest}`);
    } else if ('change-id' in prerequisite)
      lines.push(`prerequisite-change-id: ${prerequisite['change-id']}:v${prerequisite.revision}`);
    else lines.push(...Object.entries(prerequisite).map(([kind, value]) => `prerequisite-${kind}: ${value}`));
  }
  return { lines, unposted };
};
