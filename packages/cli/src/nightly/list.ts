// SPDX-License-Identifier: MIT
import type { RunSummary } from '@uio-msi/model';
import { type KeepRule, listRuns, prune, readSummary } from '@uio-msi/pipeline';
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

/** Removes what a rule lets go. */
export const pruneRuns = async (
  rule: KeepRule,
  dry: boolean,
  world: World,
): Promise<{ text: string; json: unknown }> => {
  const gone = await prune(await world.openState(), rule, dry);
  const names = [...gone.runs.map((run) => `runs/${run}`), ...gone.litter];
  const end = `${gone.runs.length} runs and ${gone.litter.length} leftovers ${dry ? 'would go' : 'are gone'}`;
  return { text: [...names, end].join('\n'), json: { version: 1, dry, ...gone } };
};
