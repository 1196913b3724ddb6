// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import {
  comparisonOf,
  type KeepRule,
  markTold,
  prune,
  runCells,
  STAGE_TABLE,
  writeComparison,
} from '@uio-msi/pipeline';
import { suiteBundle } from '../cells/check.js';
import { type MatrixOptions, openMatrix } from '../cells/matrix.js';
import { installRunTools } from '../cells/tools.js';
import type { Outcome } from '../command/spec.js';
import { outlookOf } from '../matrix/outlook.js';
import { runtimes } from '../matrix/runtimes.js';
import { nameLatest } from '../report/latest.js';
import { writeReport } from '../report/write.js';
import { defaultStateDir } from '../world/root.js';
import type { World } from '../world/world.js';
import { type FailOn, nightlyExitCode, tellNight } from './tell.js';

/** What a nightly run may be told. */
export interface NightlyOptions extends MatrixOptions {
  /** Seconds. */
  readonly deadline?: number;
  readonly failFast?: true;
  readonly failOn: FailOn;
  readonly keepDays: number;
  readonly keepRuns: number;
}

/**
 * Runs a tier of the matrix, compares it with the last run like it, writes the report and removes
 * what is old.
 */
export const runNightly = async (options: NightlyOptions, world: World): Promise<Outcome> => {
  const { squares } = await openMatrix(options, world);
  const cells = squares.flatMap(({ planned }) => planned ?? []);
  const state = await world.openState();
  await installRunTools(world);
  const outlook = await outlookOf(cells, world);
  const result = await runCells({
    ...{ state, cells, stages: null, table: STAGE_TABLE, tier: options.tier, retry: true },
    chosen: options.cells !== undefined || options.kernels !== undefined,
    ...{ deadline: options.deadline ?? null, failFast: options.failFast === true },
    expected: ({ key }) => outlook.get(key)?.seconds ?? null,
    runtimes: await runtimes(world),
    command: world.commandLine,
    globals: world.stateDir === defaultStateDir(world.root) ? [] : ['--state', world.stateDir],
    suiteBundle: () => suiteBundle(world.root),
    progress: world.progress,
    signal: world.signal,
  });
  const comparison = await comparisonOf(state, result);
  await writeComparison(state, comparison);
  const report = await writeReport(state, result);
  const exitCode = nightlyExitCode(result, comparison, options.failOn);
  const rule: KeepRule = { days: options.keepDays, runs: options.keepRuns };
  const pruned = await prune(state, rule).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    world.progress({ type: 'note', text: `old runs stay where they are: ${why}` });
    return { runs: [], litter: [], unused: [], folders: [] };
  });
  await markTold(state, comparison);
  await nameLatest(state, report, world);
  return {
    exitCode,
    text: tellNight(result, comparison, world, join(report, 'index.html')),
    json: { ...result, comparison, pruned },
  };
};
