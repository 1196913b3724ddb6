// SPDX-License-Identifier: MIT
import { listRuns, type Runtimes, readSummary, runtimesOf } from '@uio-msi/pipeline';
import type { World } from '../world/world.js';

// Of so many runs the runtimes are learned: more change nothing.
const RUNS = 20;

/** What stages took in the last runs of this state folder. */
export const runtimes = async (world: World): Promise<Runtimes> => {
  const state = await world.openState();
  const names = (await listRuns(state)).slice(0, RUNS);
  const summaries = await Promise.all(names.map((name) => readSummary(state, name)));
  return runtimesOf(summaries.filter((summary) => summary !== null));
};
