// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { findArch } from '@uio-msi/build';
import { type Catalogue, type Kernel, loadCatalogue, selectKernels } from '@uio-msi/kernels';
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
  const catalogue = await openCatalogue(root);
  return {
    series,
    prerequisites: await loadPrerequisites(series),
    prefixes: options.prefix,
    kernels: options.kernels ? selectKernels(catalogue, options.kernels) : usualKernels(series, catalogue),
    arches: [arch],
    configs: await Promise.all(options.config.map((name) => openConfig(root, name, arch))),
    depth: options.depth,
    machines: (options.machines ?? STANDARD_MACHINES).map((name) => findMachine(name).name),
  };
};

/**
 * The newest kernel of the tier `check`: one that came into the catalogue to be looked at is none that
 * every check is for.
 */
export const usualKernels = ({ matrix }: Pick<Series, 'matrix'>, catalogue: Catalogue): Kernel[] => {
  const lines = matrix.tiers.check.flatMap((block) => block.kernels ?? matrix.kernels);
  return selectKernels(catalogue, lines.length > 0 ? lines : matrix.kernels).slice(0, 1);
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
