// SPDX-License-Identifier: MIT
import type { State } from '@uio-msi/host';
import {
  type CellResult,
  type ChangeFilter,
  compareRuns,
  EXIT,
  filterChanges,
  isNewFailure,
  type RunResult,
  UserError,
} from '@uio-msi/model';
import { resolveRun } from '@uio-msi/pipeline';
import { renderChanges } from '@uio-msi/report';
import type { Outcome } from '../command/spec.js';
import { openResult } from '../report/brought.js';
import type { World } from '../world/world.js';

// What has a slash or ends like a file is none of our names.
const runNamed = async (state: State, name: string): Promise<RunResult> =>
  name.includes('/') || name.endsWith('.json') ? (await openResult(name)).run : resolveRun(state, name);

// What is not there has no changes either: a slip of the pen would look like good news.
const requireThere = ({ kernels = [], configs = [] }: ChangeFilter, cells: readonly CellResult[]): void => {
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

/**
 * Compares two runs.
 *
 * @param before and after: names, `last`, `last~N`, `last-good`, or paths
 * @param filter what is wanted of the changes
 * @throws {UserError} `unknown-cell` when neither has what the filter names; what reading them throws
 */
export const compareTwo = async (
  [before, after]: readonly [string, string],
  filter: ChangeFilter,
  world: World,
): Promise<Outcome> => {
  const state = await world.openState();
  const [then, now] = await Promise.all([before, after].map((name) => runNamed(state, name)));
  if (!then || !now) throw new Error('two runs were named');
  requireThere(filter, [...then.cells, ...now.cells]);
  const changes = filterChanges(compareRuns(then, now), filter);
  const comparison = { before: then.run, after: now.run, changes };
  return {
    exitCode: changes.some(isNewFailure) ? EXIT.failures : EXIT.good,
    text: renderChanges(comparison),
    json: { version: 1, ...comparison },
  };
};
