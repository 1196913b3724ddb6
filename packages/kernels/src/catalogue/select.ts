// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';
import type { Catalogue, Kernel } from './kernel.js';

/**
 * The kernels that are wanted, newest first, each once.
 *
 * @param wanted lines (the newest kernel of each) or exact versions; null for the newest of all
 * @throws {UserError} `unknown-kernel`, which names what there is
 */
export const selectKernels = ({ kernels }: Catalogue, wanted: readonly string[] | null): Kernel[] => {
  if (wanted === null) return kernels.slice(0, 1);
  const selected = wanted.map((name) => {
    const kernel =
      kernels.find(({ version }) => version === name) ?? kernels.find(({ line }) => line === name);
    if (kernel) return kernel;
    const known = kernels.map(({ line, version }) => `${line} (${version})`).join(', ');
    throw new UserError({
      code: 'unknown-kernel',
      message: `no kernel ${name || '""'} in the catalogue`,
      next: `choose from ${known}, by line or by version`,
    });
  });
  return kernels.filter((kernel) => selected.includes(kernel));
};
