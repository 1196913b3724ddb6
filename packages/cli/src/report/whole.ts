// SPDX-License-Identifier: MIT
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { comparisonOf, markTold, runFolder, writeComparison } from '@uio-msi/pipeline';
import type { Outcome } from '../command/spec.js';
import { type FailOn, nightlyExitCode, tellNight } from '../nightly/tell.js';
import type { World } from '../world/world.js';
import { nameLatest } from './latest.js';
import { mergeResults, type Planned } from './merge.js';
import { compareWithNights, openNights } from './nights.js';
import { openPage, type ReportOptions } from './show.js';
import { writeReport } from './write.js';

/** What `report merge` may be told. */
export interface MergeOptions extends ReportOptions, Planned {
  /** Results of nights before; absent for what the state folder has. */
  readonly before?: readonly string[];
  readonly failOn: FailOn;
}

/**
 * Merges results, says what is new in the whole as `nightly` does of its own, writes its report, and
 * marks it as told: the next merged night is compared with it.
 */
export const showMerged = async (
  paths: readonly string[],
  { before, failOn, open, origin, ...planned }: MergeOptions,
  world: World,
): Promise<Outcome> => {
  const { run, unreported } = await mergeResults(paths, world, planned);
  const state = await world.openState();
  try {
    const comparison = before
      ? await compareWithNights(state, run, await openNights(before, run.series, world))
      : await comparisonOf(state, run);
    await writeComparison(state, comparison);
    const report = await writeReport(state, run, origin);
    const page = join(report, 'index.html');
    await markTold(state, comparison);
    await nameLatest(state, report, world);
    if (open) await openPage(page, world);
    return {
      exitCode: nightlyExitCode(run, comparison, failOn, unreported),
      text: tellNight(run, comparison, world, page),
      json: { ...run, comparison },
    };
  } catch (error) {
    // What cannot be shown is no run that others are compared with.
    await rm(runFolder(state, run.run), { recursive: true, force: true });
    throw error;
  }
};
