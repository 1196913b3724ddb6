// SPDX-License-Identifier: MIT
import { basename, dirname, join } from 'node:path';
import type { Patch } from '@uio-msi/series';

/** The patches of a series up to one of them, and what can be asked of a tree that has no more. */
export interface Prefix {
  readonly patches: readonly Patch[];
  /** Lines of a .config, without the options that a later patch brings. */
  readonly config: readonly string[];
  /** Modules, without those that a later patch brings. */
  readonly modules: readonly string[];
  /** Folders below tools/testing/selftests, without those that a later patch makes. */
  readonly selftests: readonly string[];
}

/**
 * The first `length` patches. An option is a later patch's when that one adds its entry to a
 * Kconfig file, a module when that one adds its line to the Makefile of its folder, and a selftest
 * when that one brings its Makefile.
 */
export const prefixOf = ({ patches, config, modules, selftests }: Prefix, length: number): Prefix => {
  const now = patches.slice(0, length);
  const later = patches.slice(length);
  const isLater = (adds: Adds) => !now.some(adds) && later.some(adds);
  return {
    patches: now,
    config: config.filter((line) => !isLater(addsOption(line))),
    modules: modules.filter((module) => !isLater(addsModule(module))),
    selftests: selftests.filter((folder) => !isLater(addsSelftest(folder))),
  };
};

type Adds = (patch: Patch) => boolean;

const addsOption = (line: string): Adds => {
  const name = /^CONFIG_(\w+)=/.exec(line)?.[1] ?? '';
  const entry = new RegExp(`^\\+(menu)?config ${name}$`);
  return adds((path) => basename(path).startsWith('Kconfig'), entry);
};

const addsModule = (module: string): Adds => {
  const makefile = join(dirname(module), 'Makefile');
  const object = basename(module, '.ko').replaceAll('.', '\\.');
  return adds((path) => path === makefile, new RegExp(`^\\+obj-\\S+\\s*[:+]?=(.*\\s)?${object}\\.o(\\s|$)`));
};

const addsSelftest =
  (folder: string): Adds =>
  ({ changes }) =>
    changes.some(({ from, to }) => from === null && to === `tools/testing/selftests/${folder}/Makefile`);

const adds =
  (isFile: (path: string) => boolean, line: RegExp): Adds =>
  ({ changes }) =>
    changes.some(
      ({ to, hunks }) =>
        to !== null && isFile(to) && hunks.some(({ lines }) => lines.some((one) => line.test(one))),
    );
