// SPDX-License-Identifier: MIT
import { ensureKernel, type KernelTree, openStore, selectKernels } from '@uio-msi/kernels';
import { EnvironmentError } from '@uio-msi/model';
import type { World } from '../world/world.js';
import { openCatalogue } from './choose.js';
import { type MatrixOptions, openMatrix } from './matrix.js';
import { installRunTools } from './tools.js';

/**
 * Brings kernels into the object store, one after the other: one that cannot be had is told when all
 * others are there.
 *
 * @param wanted lines or versions; null for the newest
 * @param tier those that the cells of a tier of a series need
 * @throws {EnvironmentError} `kernel-unavailable`, of the first
 */
export const fetchKernels = async (
  wanted: readonly string[] | null,
  world: World,
  tier?: Pick<MatrixOptions, 'series' | 'tier'>,
): Promise<readonly KernelTree[]> => {
  const named = tier ? await kernelsOf({ ...tier, ...(wanted && { kernels: wanted }) }, world) : wanted;
  const kernels = selectKernels(await openCatalogue(world.root), named);
  const state = await world.openState();
  await installRunTools(world);
  const store = await openStore(state);
  const trees: KernelTree[] = [];
  const missing: EnvironmentError[] = [];
  for (const kernel of kernels)
    try {
      trees.push(await ensureKernel(store, kernel, world));
    } catch (error) {
      if (!(error instanceof EnvironmentError) || error.code !== 'kernel-unavailable') throw error;
      missing.push(error);
    }
  const [first, ...others] = missing;
  if (first === undefined) return trees;
  for (const { message } of others) world.progress({ type: 'note', text: message });
  throw first;
};

const kernelsOf = async (options: MatrixOptions, world: World): Promise<readonly string[]> => {
  const { squares } = await openMatrix(options, world);
  const wanted = squares.filter(({ excluded }) => excluded === null);
  return [...new Set(wanted.map(({ kernel }) => kernel.version))];
};
