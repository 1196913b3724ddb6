// SPDX-License-Identifier: MIT
import { dirname } from 'node:path';
import type { RunSummary } from '@uio-msi/model';
import { type KeepRule, listRuns, prune, readSummary } from '@uio-msi/pipeline';
import { openMatrix } from '../cells/matrix.js';
import { seriesNames } from '../cells/series.js';
import type { World } from '../world/world.js';

/** The runs that are kept, newest first. */
export const keptRuns = async (world: World): Promise<readonly RunSummary[]> => {
  const state = await world.openState();
  const read = await Promise.all((await listRuns(state)).map((run) => readSummary(state, run)));
  return read.filter((summary) => summary !== null);
};

/** A line for each run. Pure. */
export const renderRuns = (runs: readonly RunSummary[]): string =>
  runs
    .map(({ run, series, revision, tier, verdict, cells, changes }) => {
      const news = changes === null ? '' : `, ${changes.regression + changes['new-failure']} new failures`;
      return `${run}  ${verdict.padEnd(5)} ${series} ${revision}, ${tier ?? 'chosen'}, ${cells.length} cells${news}`;
    })
    .join('\n');

/** The folders of all cells that the matrices of this checkout have. */
const foldersInMatrices = async (world: World): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  for (const series of await seriesNames(world.root)) {
    const { squares } = await openMatrix({ series, tier: 'weekly' }, world);
    for (const { planned } of squares) if (planned) found.add(planned.folder);
  }
  return found;
};

// There may be tens of thousands, and their names are digests.
const byFolder = (paths: readonly string[]): readonly string[] => {
  const numbers = new Map<string, number>();
  for (const path of paths) numbers.set(dirname(path), (numbers.get(dirname(path)) ?? 0) + 1);
  return [...numbers].map(([folder, number]) => `${folder}: ${number} that nobody used`);
};

/** Removes what a rule lets go; with `folders`, worktrees and build folders of cells in no matrix too. */
export const pruneRuns = async (
  rule: KeepRule,
  { dry, folders }: { readonly dry: boolean; readonly folders: boolean },
  world: World,
): Promise<{ text: string; json: unknown }> => {
  const gone = await prune(
    await world.openState(),
    rule,
    dry,
    folders ? await foldersInMatrices(world) : null,
  );
  const names = [...gone.runs.map((run) => `runs/${run}`), ...gone.litter, ...gone.folders];
  const numbers = [
    ...[`${gone.runs.length} runs`, `${gone.litter.length} leftovers`],
    ...[`${gone.unused.length} files that nobody used`, `${gone.folders.length} folders`],
  ];
  const end = `${numbers.join(', ')} ${dry ? 'would go' : 'are gone'}`;
  return { text: [...names, ...byFolder(gone.unused), end].join('\n'), json: { version: 1, dry, ...gone } };
};
