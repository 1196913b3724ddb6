// SPDX-License-Identifier: MIT
import type { Prerequisite } from '../disk/manifest.js';
import type { Series } from '../series.js';
import { postedRevisions } from './posted.js';

/**
 * Says where a series belongs, one line each below the text of its cover letter, under the names that
 * git (`git format-patch --base`) and b4 read. A prerequisite that is a series of this checkout is
 * named by the newest revision that was posted: the one that is open nobody else has.
 *
 * @param known the prerequisites that are series of this checkout
 */
export const trackingLines = async (
  series: Series,
  known: readonly Series[] = [],
): Promise<readonly string[]> => {
  const lines = [
    ...(series.baseCommit === null ? [] : [`base-commit: ${series.baseCommit}`]),
    `change-id: ${series.changeId}`,
  ];
  for (const prerequisite of series.prerequisites) {
    if ('series' in prerequisite) {
      const other = known.find(({ name }) => name === prerequisite.series);
      const newest = other && (await postedRevisions(other.dir)).at(-1);
      if (newest !== undefined) lines.push(`prerequisite-change-id: ${other?.changeId}:v${newest}`);
    } else if ('change-id' in prerequisite)
      lines.push(`prerequisite-change-id: ${prerequisite['change-id']}:v${prerequisite.revision}`);
    else lines.push(...Object.entries(prerequisite).map(([kind, value]) => `prerequisite-${kind}: ${value}`));
  }
  return lines;
};

/** What the lines of {@link trackingLines} say. */
export interface TrackingLines {
  readonly baseCommit: string | null;
  readonly prerequisites: readonly Prerequisite[];
}

// As many as series.yaml takes. git names each patch of a long branch.
const MOST = 100;

// One row for each kind of line, under the names that git and b4 write.
const KINDS: readonly (readonly [line: RegExp, read: (value: string) => Prerequisite | null])[] = [
  [
    /^prerequisite-change-id: *([^\s<>]{1,200}:v\d{1,4})\s*$/,
    (value) => {
      const [, id = '', revision] = /^(.+):v([1-9]\d*)$/.exec(value) ?? [];
      return revision === undefined ? null : { 'change-id': id, revision: Number(revision) };
    },
  ],
  [/^prerequisite-message-id: *<?([^\s<>]{1,500})>?\s*$/, (value) => ({ 'message-id': value })],
  [/^prerequisite-patch-id: *([0-9a-f]{40})\s*$/, (value) => ({ 'patch-id': value })],
];

/** Reads the lines that say where a series belongs in the text of a cover letter, or behind the diff of a lone patch. */
export const parseTracking = (text: string): TrackingLines => {
  const lines = text.split('\n');
  const commits = lines.flatMap((line) => /^base-commit: *([0-9a-f]{40})\s*$/.exec(line)?.[1] ?? []);
  const prerequisites = lines.flatMap((line) =>
    KINDS.flatMap(([kind, read]) => {
      const value = kind.exec(line)?.[1];
      return value === undefined ? [] : (read(value) ?? []);
    }),
  );
  return { baseCommit: commits.at(-1) ?? null, prerequisites: prerequisites.slice(0, MOST) };
};
