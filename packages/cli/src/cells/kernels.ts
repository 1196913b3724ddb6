// SPDX-License-Identifier: MIT
import {
  type Added,
  addKernel,
  findKernel,
  type Kernel,
  openStore,
  selectKernels,
  type Verified,
  verifyKernel,
} from '@uio-msi/kernels';
import type { World } from '../world/world.js';
import { catalogueFile, openCatalogue } from './choose.js';
import { installRunTools } from './tools.js';

/** A kernel of the catalogue, and what the store has of it. */
export interface ListedKernel extends Kernel {
  readonly stored: { readonly tree: string; readonly source: string } | null;
}

/** The kernels of the catalogue, newest first. */
export const listKernels = async (world: World): Promise<readonly ListedKernel[]> => {
  const { kernels } = await openCatalogue(world.root);
  const store = await openStore(await world.openState());
  return await Promise.all(
    kernels.map(async (kernel) => {
      const found = await findKernel(store, kernel);
      return { ...kernel, stored: found && { tree: found.tree, source: found.source } };
    }),
  );
};

/** Finds, stores and writes down a kernel, by its line or version. */
export const addToKernels = async (name: string, world: World): Promise<Added> => {
  const state = await world.openState();
  await installRunTools(world);
  return await addKernel(await openStore(state), catalogueFile(world.root), name, world);
};

/**
 * Looks at kernels in the store, one after the other.
 *
 * @param wanted lines or versions; null for all of the catalogue
 */
export const verifyKernels = async (
  wanted: readonly string[] | null,
  { root, openState, progress, signal }: World,
): Promise<readonly Verified[]> => {
  const catalogue = await openCatalogue(root);
  const kernels = wanted === null ? catalogue.kernels : selectKernels(catalogue, wanted);
  const store = await openStore(await openState());
  const verified: Verified[] = [];
  for (const kernel of kernels) {
    const id = `verify:${kernel.version}`;
    progress({ type: 'begin', id, title: `linux ${kernel.version}: reading what is stored` });
    const one = await verifyKernel(store, kernel, signal);
    progress({ type: 'end', id, verdict: one.state === 'damaged' ? 'bad' : 'good', text: one.state });
    verified.push(one);
  }
  return verified;
};
