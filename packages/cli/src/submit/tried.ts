// SPDX-License-Identifier: MIT
import { loadPrerequisites, type Series } from '@uio-msi/series';
import { triedKey } from '@uio-msi/submit';
import type { World } from '../world/world.js';
import { type Base, findBase } from './place.js';

/** The key of what a series is tried on: preflight notes it down, and sending compares it. */
export const triedOn = async (series: Series, { kernel, place }: Base): Promise<string> => {
  const prerequisites = await loadPrerequisites(series);
  return triedKey({ series, prerequisites, kernel, base: 'unknown' in place ? null : place.value.base });
};

/** {@link triedOn}, with the base as it is now. */
export const triedNow = async (series: Series, world: World): Promise<string> =>
  triedOn(series, await findBase(series, world));
