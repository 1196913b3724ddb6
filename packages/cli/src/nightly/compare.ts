// SPDX-License-Identifier: MIT
import type { State } from '@uio-msi/host';
import {
  type ChangeFilter,
  compareRuns,
  EXIT,
  filterChanges,
  isNewFailure,
  type RunResult,
} from '@uio-msi/model';
import { resolveRun } from '@uio-msi/pipeline';
import { renderChanges } from '@uio-msi/report';
import type { Outcome } from '../command/spec.js';
import { openResult } from '../report/brought.js';
import type { World } from '../world/world.js';

// What has a slash or ends like a file is none of our names.
const runNamed = async (state: State, name: string): Promise<RunResult> =>
  name.includes('/') || name.endsWith('.json') ? (await openResult(name)).run : resolveRun(state, name);

/**
 * Compares two runs.
 *
 * @param before and after: names, `last`, `last~N`, `last-good`, or paths
 * @param filter what is wanted of the changes
 */
export const compareTwo = async (
  [before, after]: readonly [string, string],
  filter: ChangeFilter,
  world: World,
): Promise<Outcome> => {
  const state = await world.openState();
  const [then, now] = await Promise.all([before, after].map((name) => runNamed(state, name)));
  if (!then || !now) throw new Error('two runs were named');
  const changes = filterChanges(compareRuns(then, now), filter);
  const comparison = { before: then.run, after: now.run, changes };
  return {
    exitCode: changes.some(isNewFailure) ? EXIT.failures : EXIT.good,
    text: renderChanges(comparison),
    json: { version: 1, ...comparison },
  };
};
