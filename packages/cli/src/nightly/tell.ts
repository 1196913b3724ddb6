// SPDX-License-Identifier: MIT
import { type Comparison, EXIT, isGood, isNewFailure, knownFlakes, type RunResult } from '@uio-msi/model';
import { exitCodeOf } from '@uio-msi/pipeline';
import { renderChanges, renderKnownFlakes, renderSummary, renderUnusedWaivers } from '@uio-msi/report';
import type { World } from '../world/world.js';

/** What a night ends badly for: what is new, any failure, or nothing: then whoever merges it says it. */
export type FailOn = 'new' | 'any' | 'never';

// More than this is what the HTML report is for.
const MOST = 30;

/** What a person wants to know of a night: what is bad, what of it is new, and where the report is. */
export const tellNight = (
  result: RunResult,
  comparison: Comparison,
  { color }: Pick<World, 'color'>,
  report: string,
): string =>
  [
    renderBad(result, color),
    renderChanges(comparison),
    ...renderKnownFlakes(knownFlakes(result, comparison.changes)),
    ...renderUnusedWaivers(result),
    `report: ${report}`,
  ].join('\n');

// The stages of a hundred good cells are for the report.
const renderBad = (result: RunResult, colour: boolean): string => {
  const bad = result.cells.filter(({ verdict }) => !isGood(verdict));
  const cells = bad
    .slice(0, MOST)
    .map((cell) => ({ ...cell, stages: cell.stages.filter(({ verdict }) => !isGood(verdict)) }));
  const text = renderSummary({ ...result, cells }, { colour, report: null }).trimEnd();
  return bad.length > MOST ? `${text}\n… and ${bad.length - MOST} more cells in the report` : text;
};

/**
 * The exit code of a night. For `any` it is that of the verdict, as of `check`. For `new`, a failure
 * that is known is no news: 1 for a regression or a new failure, 3 when the machine or the harness
 * was at fault (ERROR), took something away that was judged before, or nothing could be judged at
 * all, else 0. Pure.
 *
 * @param unreported how many cells a machine was to try and said nothing of: it was at fault
 */
export const nightlyExitCode = (
  result: RunResult,
  { changes }: Pick<Comparison, 'changes'>,
  failOn: FailOn,
  unreported = 0,
): number => {
  if (failOn === 'never') return EXIT.good;
  if (failOn === 'any') return exitCodeOf(result.verdict);
  if (changes.some(isNewFailure)) return EXIT.failures;
  const stages = result.cells.flatMap((cell) => cell.stages);
  const spoiled =
    unreported > 0 ||
    stages.some(({ verdict }) => verdict === 'ERROR') ||
    changes.some(({ kind, after }) => kind === 'disappeared' && after === 'MISS');
  const judged = stages.some(
    ({ stage, verdict }) => stage !== 'source' && (verdict === 'PASS' || verdict === 'FAIL'),
  );
  return spoiled || !judged ? EXIT.environment : EXIT.good;
};
