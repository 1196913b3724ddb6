// SPDX-License-Identifier: MIT
import type { Prerequisite } from '../disk/manifest.js';
import type { Series } from '../series.js';

/**
 * What a cover letter says, below its text, of where the series belongs: one line each, under the
 * names that git (`git format-patch --base`) and b4 read.
 *
 * @param known the prerequisites that are series of this checkout, by name
 */
export const trackingLines = (series: Series, known: ReadonlyMap<string, Series> = new Map()): string[] => [
  ...(series.baseCommit === null ? [] : [`base-commit: ${series.baseCommit}`]),
  `change-id: ${series.changeId}`,
  ...series.prerequisites.flatMap((prerequisite) => prerequisiteLine(prerequisite, known)),
];

const prerequisiteLine = (prerequisite: Prerequisite, known: ReadonlyMap<string, Series>): string[] => {
  if ('series' in prerequisite) {
    const other = known.get(prerequisite.series);
    return other ? [`prerequisite-change-id: ${other.changeId}:${other.revision}`] : [];
  }
  if ('change-id' in prerequisite)
    return [`prerequisite-change-id: ${prerequisite['change-id']}:v${prerequisite.revision}`];
  return Object.entries(prerequisite).map(([kind, value]) => `prerequisite-${kind}: ${value}`);
};
