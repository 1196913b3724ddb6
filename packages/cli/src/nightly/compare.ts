// SPDX-License-Identifier: MIT
import { type ChangeFilter, compareRuns, EXIT, filterChanges, isNewFailure } from '@uio-msi/model';
import { resolveRun } from '@uio-msi/pipeline';
import { renderChanges } from '@uio-msi/report';
import type { Outcome } from '../command/spec.js';
import type { World } from '../world/world.js';

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
  const [then, now] = await Promise.all([resolveRun(state, before), resolveRun(state, after)]);
  const changes = filterChanges(compareRuns(then, now), filter);
  const comparison = { before: then.run, after: now.run, changes };
  return {
    exitCode: changes.some(isNewFailure) ? EXIT.failures : EXIT.good,
    text: renderChanges(comparison),
    json: { version: 1, ...comparison },
  };
};
