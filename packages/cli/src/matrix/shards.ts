// SPDX-License-Identifier: MIT
import { prefixesTogether } from '@uio-msi/model';
import { summed } from './outlook.js';
import type { MatrixRow } from './render.js';

/** A job of a build server: the cells that it runs. */
export interface Shard {
  readonly name: string;
  /** Names of squares, or of prefixes of one together, as `nightly --cells` takes them. */
  readonly cells: readonly string[];
}

/** A cell, or the prefixes of one together, and the seconds that they are expected to take; null when nobody knows. */
export interface Load {
  readonly cell: string;
  readonly seconds: number | null;
}

/**
 * What jobs are made of. The prefixes of one square stay together: they share a build folder, in which
 * each costs what its patch changes. Pure.
 */
export const loadsOf = (rows: readonly Pick<MatrixRow, 'cell' | 'status' | 'seconds'>[]): readonly Load[] =>
  prefixesTogether(
    rows.filter(({ status }) => status !== 'left out'),
    ({ cell }) => cell,
  ).map(({ name, items }) => ({ cell: name, seconds: summed(items.map(({ seconds }) => seconds)) }));

// What a cell is taken to need when nobody knows.
const UNKNOWN = 600;

/**
 * One job for each cell; when there are more than a host allows, so many jobs that take about the
 * same time: the longest cells first, each to the job that has least to do. Pure.
 *
 * @param limit how many jobs there may be, at least 1
 */
export const shardsOf = (loads: readonly Load[], limit: number): readonly Shard[] => {
  if (loads.length <= limit) return loads.map(({ cell }) => ({ name: cell, cells: [cell] }));
  const shards = Array.from({ length: limit }, () => ({ cells: [] as string[], seconds: 0 }));
  const weight = ({ seconds }: Load) => seconds ?? UNKNOWN;
  for (const load of [...loads].sort((a, b) => weight(b) - weight(a))) {
    const idle = shards.reduce((least, shard) => (shard.seconds < least.seconds ? shard : least));
    idle.cells.push(load.cell);
    // What takes no time takes some: else all of it would be one job's.
    idle.seconds += weight(load) + 1;
  }
  return shards.map(({ cells }, at) => ({ name: `shard ${at + 1} of ${limit}`, cells }));
};
