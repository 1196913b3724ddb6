// SPDX-License-Identifier: MIT
import type { State } from '@uio-msi/host';
import {
  type Cell,
  type CellResult,
  type ChangeFilter,
  type Comparison,
  compareRuns,
  filterChanges,
  isCellWanted,
  type RunResult,
  UserError,
} from '@uio-msi/model';
import { comparisonOf, resolveRun } from '@uio-msi/pipeline';
import { renderChanges } from '@uio-msi/report';
import type { Outcome } from '../command/spec.js';
import { isPath, openResult } from '../report/brought.js';
import type { World } from '../world/world.js';
import { nightlyExitCode } from './tell.js';
import { requireOneSeries, unlikenesses } from './unlike.js';

const runNamed = async (state: State, name: string): Promise<RunResult> =>
  isPath(name) ? (await openResult(name)).run : resolveRun(state, name);

// What is not there has no changes either: a slip of the pen would look like good news.
const requireThere = ({ kernels = [], configs = [] }: ChangeFilter, cells: readonly Cell[]): void => {
  const there = {
    kernel: [...new Set(cells.flatMap(({ line, kernel }) => [line, kernel]))],
    configuration: [...new Set(cells.map(({ config }) => config))],
  };
  for (const [what, wanted] of [
    ['kernel', kernels],
    ['configuration', configs],
  ] as const) {
    const unknown = wanted.find((name) => !there[what].includes(name));
    if (unknown === undefined) continue;
    throw new UserError({
      code: 'unknown-cell',
      message: `neither of the two runs has a cell of the ${what} ${unknown}`,
      next: `they have ${there[what].join(', ') || 'none'}`,
    });
  }
};

/** The runs to compare, or what was told of the last when it ended. */
const comparing = async (
  [before, after]: readonly [string | undefined, string | undefined],
  world: World,
): Promise<Comparing> => {
  const state = await world.openState();
  const now = await runNamed(state, after ?? 'last');
  if (before === undefined) return { ...(await comparisonOf(state, now)), now, cells: now.cells, unlike: [] };
  const then = await runNamed(state, before);
  requireOneSeries(then, now);
  return {
    ...{ before: then.run, after: now.run, changes: compareRuns(then, now) },
    ...{ now, cells: [...then.cells, ...now.cells], unlike: unlikenesses(then, now) },
  };
};

interface Comparing extends Comparison {
  readonly now: RunResult;
  /** Those of both runs. */
  readonly cells: readonly CellResult[];
  /** Why they did not try the same. */
  readonly unlike: readonly string[];
}

/**
 * Compares two runs. The exit code is that of `nightly`, of the cells that are wanted, whatever kinds
 * of changes are to be shown.
 *
 * @param names `last`, `last~N`, `last-good`, names or paths; without the first, what `nightly` compares the second with
 * @param filter what is wanted of the changes
 * @throws {UserError} `unknown-cell` when neither has what the filter names, `other-series`; what reading them throws
 */
export const compareTwo = async (
  names: readonly [string | undefined, string | undefined],
  { kinds, ...places }: ChangeFilter,
  world: World,
): Promise<Outcome> => {
  const { before, after, changes: all, now, cells, unlike } = await comparing(names, world);
  const there = all.map(({ cell }) => cell);
  requireThere(places, [...cells, ...there]);
  const changes = filterChanges(all, places);
  const wanted = { ...now, cells: now.cells.filter((cell) => isCellWanted(cell, places)) };
  const comparison = { before, after, changes: filterChanges(changes, { kinds }) };
  return {
    exitCode: nightlyExitCode(wanted, { changes }, 'new'),
    text: [...unlike.map((why) => `not the same was tried: ${why}`), renderChanges(comparison)].join('\n'),
    json: { version: 1, ...comparison, unlike },
  };
};
