// SPDX-License-Identifier: MIT
import { findKernel, openStore } from '@uio-msi/kernels';
import { applySeries, loadPrerequisites, patchesFor, type Series } from '@uio-msi/series';
import type { Known, Place } from '@uio-msi/submit';
import { openCatalogue } from '../cells/choose.js';
import type { World } from '../world/world.js';

/** The kernel that a series is made for, and its tree, if it is here. */
export interface Base {
  /** `7.2.6`. */
  readonly kernel: string;
  readonly place: Known<Place>;
}

/**
 * Where a series is tried before it is posted: the newest kernel of its base line, with what it needs
 * laid under it. Nothing is fetched.
 */
export const findBase = async (series: Series, world: World): Promise<Base> => {
  const { kernels } = await openCatalogue(world.root);
  const kernel = kernels.find(({ line }) => line === series.base);
  const { signal } = world;
  const state = await world.openState();
  const store = await openStore(state);
  const found = kernel && (await findKernel(store, kernel));
  const version = kernel?.version ?? series.base;
  const missing = (reason: string, next: string): Base => ({
    kernel: version,
    place: { unknown: { verdict: 'MISS', reason, next } },
  });
  if (!found)
    return missing(
      `linux ${version} was not fetched`,
      `./uio-msi kernels fetch --kernels ${series.base}, or take another base: ./uio-msi kernels list`,
    );
  const needed = (await loadPrerequisites(series)).flatMap((one) => patchesFor(one, series.base));
  const { tree } = await applySeries(store.gitDir, found.tree, needed, { signal });
  if (tree === null)
    return missing(
      `what the series needs does not apply to ${version}`,
      `./uio-msi series apply --kernels ${version}, of each series under prerequisites in series.yaml`,
    );
  return { kernel: version, place: { value: { state, gitDir: store.gitDir, base: tree, signal } } };
};
