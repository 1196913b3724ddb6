// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { findArch } from '@uio-msi/build';
import { type Catalogue, loadCatalogue, selectKernels } from '@uio-msi/kernels';
import { findMachine, STANDARD_MACHINES } from '@uio-msi/machine';
import { UserError } from '@uio-msi/model';
import type { Matrix } from '@uio-msi/pipeline';
import { loadPrerequisites, type Series } from '@uio-msi/series';
import type { CellOptions } from '../commands/options.js';
import type { World } from '../world/world.js';
import { openConfig } from './config.js';
import { openSeries } from './series.js';

/** Where the checkout's catalogue of kernels is. */
export const catalogueFile = (root: string): string => join(root, 'linux-tree/kernels.yaml');

/** The checkout's catalogue of kernels. */
export const openCatalogue = (root: string): Promise<Catalogue> => loadCatalogue(catalogueFile(root));

/** What a command line chooses, before anything is installed or run. */
export type Choice = Omit<Matrix, 'toolchains'>;

/**
 * Reads what a command line names.
 *
 * @throws {UserError} for a series, kernel, configuration, machine or prefix that is not there
 */
export const choose = async (options: CellOptions, { root }: World): Promise<Choice> => {
  const arch = findArch(options.arch ?? 'x86_64').name;
  const series = ofLength(options.prefix, await openSeries(root, options.series));
  return {
    series,
    prerequisites: await loadPrerequisites(series),
    prefixes: options.prefix,
    kernels: selectKernels(await openCatalogue(root), options.kernels ?? null),
    arches: [arch],
    configs: await Promise.all(options.config.map((name) => openConfig(root, name, arch))),
    depth: options.depth,
    machines: (options.machines ?? STANDARD_MACHINES).map((name) => findMachine(name).name),
  };
};

const ofLength = (prefix: CellOptions['prefix'], series: Series): Series => {
  const { length } = series.patches;
  if (typeof prefix !== 'number' || prefix <= length) return series;
  throw new UserError({
    code: 'bad-prefix',
    message: `${series.name} has ${length} patches, not ${prefix}`,
    next: `give a number from 1 to ${length}`,
  });
};
