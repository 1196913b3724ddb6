// SPDX-License-Identifier: MIT
import { ensureKernel, type KernelTree, openStore, selectKernels } from '@uio-msi/kernels';
import type { World } from '../world/world.js';
import { openCatalogue } from './choose.js';
import { installRunTools } from './tools.js';

/**
 * Brings kernels into the object store, one after the other.
 *
 * @param wanted lines or versions; null for the newest
 */
export const fetchKernels = async (
  wanted: readonly string[] | null,
  world: World,
): Promise<readonly KernelTree[]> => {
  const kernels = selectKernels(await openCatalogue(world.root), wanted);
  const state = await world.openState();
  await installRunTools(world);
  const store = await openStore(state);
  const trees: KernelTree[] = [];
  for (const kernel of kernels) trees.push(await ensureKernel(store, kernel, world));
  return trees;
};
