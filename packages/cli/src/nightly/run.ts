// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { type Comparison, EXIT, isNewFailure, knownFlakes, type RunResult } from '@uio-msi/model';
import {
  comparisonOf,
  exitCodeOf,
  type KeepRule,
  markTold,
  prune,
  runCells,
  STAGE_TABLE,
  writeComparison,
} from '@uio-msi/pipeline';
import { renderChanges, renderKnownFlakes, renderSummary, renderUnusedWaivers } from '@uio-msi/report';
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

/** What a nightly run may be told. */
export interface NightlyOptions extends MatrixOptions {
  /** Seconds. */
  readonly deadline?: number;
  readonly failFast?: true;
  readonly failOn: FailOn;
  readonly keepDays: number;
  readonly keepRuns: number;
}

/** What a nightly run ends badly for. */
export const FAIL_ON = ['new', 'any'] as const;
export type FailOn = (typeof FAIL_ON)[number];

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
  await nameLatest(state, report);
  const exitCode = nightlyExitCode(result, comparison, options.failOn);
  const rule: KeepRule = { days: options.keepDays, runs: options.keepRuns };
  const pruned = await prune(state, rule).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    world.progress({ type: 'note', text: `old runs stay where they are: ${why}` });
    return { runs: [], litter: [], unused: [], folders: [] };
  });
  await markTold(state, comparison);
  return {
    exitCode,
    text: [
      renderNight(result, world),
      renderChanges(comparison),
      ...renderKnownFlakes(knownFlakes(result, comparison.changes)),
      ...renderUnusedWaivers(result),
      `report: ${join(report, 'index.html')}`,
    ].join('\n'),
    json: { ...result, comparison, pruned },
  };
};

// The stages of a hundred good cells are for the report.
const renderNight = (result: RunResult, { color }: World): string => {
  const bad = result.cells.filter(({ verdict }) => verdict !== 'PASS' && verdict !== 'SKIP');
  return renderSummary({ ...result, cells: bad }, { colour: color, report: null }).trimEnd();
};

/**
 * The exit code of a nightly run. For `any` it is that of the verdict, as of `check`. For `new`, a
 * failure that is known is no news: 1 for a regression or a new failure, 3 when the machine or the
 * harness was at fault (ERROR), took something away that was judged before, or nothing could be
 * judged at all, else 0. Pure.
 */
export const nightlyExitCode = (
  result: RunResult,
  { changes }: Pick<Comparison, 'changes'>,
  failOn: FailOn,
): number => {
  if (failOn === 'any') return exitCodeOf(result.verdict);
  if (changes.some(isNewFailure)) return EXIT.failures;
  const stages = result.cells.flatMap((cell) => cell.stages);
  const spoiled =
    stages.some(({ verdict }) => verdict === 'ERROR') ||
    changes.some(({ kind, after }) => kind === 'disappeared' && after === 'MISS');
  const judged = stages.some(
    ({ stage, verdict }) => stage !== 'source' && (verdict === 'PASS' || verdict === 'FAIL'),
  );
  return spoiled || !judged ? EXIT.environment : EXIT.good;
};
