// SPDX-License-Identifier: MIT
import { findKernel, type Kernel, openStore } from '@uio-msi/kernels';
import { applyOnce, loadPrerequisites, patchesFor, type Series } from '@uio-msi/series';
import type { Known, Place } from '@uio-msi/submit';
import { openCatalogue } from '../cells/choose.js';
import type { World } from '../world/world.js';

/** The kernel that a series is made for, and its tree, if it is here. */
export interface Base {
  /** All that the catalogue has. */
  readonly kernels: readonly Kernel[];
  /** The series of the checkout that have to be there first. */
  readonly prerequisites: readonly Series[];
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
  const prerequisites = await loadPrerequisites(series);
  const kernel = kernels.find(({ line }) => line === series.base);
  const { signal } = world;
  const state = await world.openState();
  const store = await openStore(state);
  const found = kernel && (await findKernel(store, kernel));
  const version = kernel?.version ?? series.base;
  const missing = (reason: string, next: string): Base => ({
    kernels,
    prerequisites,
    kernel: version,
    place: { unknown: { verdict: 'MISS', reason, next } },
  });
  if (!found)
    return missing(
      `linux ${version} was not fetched`,
      `./uio-msi kernels fetch --kernels ${series.base}, or take another base: ./uio-msi kernels list`,
    );
  const needed = prerequisites.flatMap((one) => patchesFor(one, series.base));
  const { tree } = await applyOnce(store, found.tree, needed, { signal });
  if (tree === null)
    return missing(
      `what the series needs does not apply to ${version}`,
      `./uio-msi series apply --kernels ${version}, of each series under prerequisites in series.yaml`,
    );
  return {
    kernels,
    prerequisites,
    kernel: version,
    place: { value: { state, gitDir: store.gitDir, base: tree, signal } },
  };
};
