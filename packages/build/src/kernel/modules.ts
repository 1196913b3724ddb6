// SPDX-License-Identifier: MIT
import { basename, dirname, join } from 'node:path';
import { readIfThere } from '@uio-msi/host';

/** Where a build's modules are to be found. */
export interface ModulePlaces {
  readonly worktree: string;
  /** Options that this configuration leaves out. */
  readonly without: readonly string[];
}

/**
 * The modules that are to be expected of a configuration: all but those whose option it leaves out,
 * as the Makefile of their folder has it: `obj-$(CONFIG_UIO)	+= uio.o`.
 *
 * @param modules paths in the build folder: `drivers/uio/uio.ko`
 */
export const expectedModules = async (
  modules: readonly string[],
  { worktree, without }: ModulePlaces,
): Promise<readonly string[]> => {
  const options = await Promise.all(modules.map((module) => optionOf(module, worktree)));
  return modules.filter((_, at) => !without.includes(options[at] ?? ''));
};

/**
 * The option that a module, or an object that is one by itself, depends on; null when the Makefile of its
 * folder has no such line, as for a part of several.
 *
 * @param path in the build folder: `drivers/uio/uio.ko`, `drivers/uio/uio.o`
 */
export const optionOf = async (path: string, worktree: string): Promise<string | null> => {
  const makefile = await readIfThere(join(worktree, dirname(path), 'Makefile'));
  const object = basename(path).replace(/\.ko$/, '.o');
  for (const line of makefile?.split('\n') ?? []) {
    const [, option, objects = ''] = /^obj-\$\((CONFIG_\w+)\)\s*[:+]?=(.*)$/.exec(line) ?? [];
    if (option !== undefined && objects.split(/\s+/).includes(object)) return option;
  }
  return null;
};

/** Of these modules, those that a build put into its image; kbuild lists them in `modules.builtin`. */
export const builtInModules = async (
  modules: readonly string[],
  buildDir: string,
): Promise<readonly string[]> => {
  const listed = new Set((await readIfThere(join(buildDir, 'modules.builtin')))?.split('\n'));
  return modules.filter((module) => listed.has(`kernel/${module}`));
};
