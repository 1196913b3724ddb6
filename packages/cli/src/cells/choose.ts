// SPDX-License-Identifier: MIT
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Catalogue, loadCatalogue, selectKernels } from '@uio-msi/kernels';
import { findMachine, STANDARD_MACHINES } from '@uio-msi/machine';
import { UserError } from '@uio-msi/model';
import type { Config, Matrix } from '@uio-msi/pipeline';
import { loadPrerequisites, type Series } from '@uio-msi/series';
import type { CellOptions } from '../commands/options.js';
import type { World } from '../world/world.js';
import { openSeries } from './series.js';

/** The checkout's catalogue of kernels. */
export const openCatalogue = (root: string): Promise<Catalogue> =>
  loadCatalogue(join(root, 'linux-tree/kernels.yaml'));

// What a kernel of this project has in any case: other configurations are merged over it.
const BASE = 'minimal';

/**
 * A configuration of linux-tree/configs.
 *
 * @throws {UserError} `unknown-config`
 */
export const openConfig = async (root: string, name: string): Promise<Config> => {
  const dir = join(root, 'linux-tree/configs');
  const names = (await readdir(dir)).flatMap((file) => /^(.+)\.config$/.exec(file)?.[1] ?? []);
  if (!names.includes(name))
    throw new UserError({
      code: 'unknown-config',
      message: `there is no configuration ${name}`,
      next: `choose from ${names.join(', ')}, or add linux-tree/configs/${name}.config`,
    });
  const fragments = [...new Set([BASE, name])].map(async (one) => ({
    name: `linux-tree/configs/${one}.config`,
    text: await readFile(join(dir, `${one}.config`), 'utf8'),
  }));
  return { name, fragments: await Promise.all(fragments) };
};

/** What a command line chooses, before anything is installed or run. */
export type Choice = Omit<Matrix, 'toolchains'>;

/**
 * Reads what a command line names.
 *
 * @throws {UserError} for a series, kernel, configuration, machine or prefix that is not there
 */
export const choose = async (options: CellOptions, { root }: World): Promise<Choice> => {
  const series = ofLength(options.prefix, await openSeries(root, options.series));
  return {
    series,
    prerequisites: await loadPrerequisites(series),
    prefixes: options.prefix,
    kernels: selectKernels(await openCatalogue(root), options.kernels ?? null),
    arches: ['x86_64'],
    configs: await Promise.all(options.config.map((name) => openConfig(root, name))),
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
