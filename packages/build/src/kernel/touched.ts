// SPDX-License-Identifier: MIT
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildContext } from '../context.js';
import { isOfKernel, reachedBy, readIncludes } from './includes.js';
import { optionOf } from './modules.js';
import type { BuildRequest } from './request.js';

/** What of a kernel is to be compiled anew because of what a series touches. */
export interface TouchedSources {
  /** Paths of the kernel tree. */
  readonly sources: readonly string[];
  /** Those whose option is off. */
  readonly off: readonly string[];
}

/**
 * The sources of a kernel that a series touches and those that include what it touches, each in one
 * of two lists by what the configuration says of it.
 *
 * @param options of the final configuration
 * @throws {EnvironmentError} `grep-failed`
 */
export const touchedSources = async (
  { worktree, arch, touched }: Pick<BuildRequest, 'worktree' | 'arch' | 'touched'>,
  options: ReadonlyMap<string, string>,
  ctx: Pick<BuildContext, 'signal' | 'lock'>,
): Promise<TouchedSources> => {
  const own = touched.filter((path) => /\.[chS]$/.test(path) && isOfKernel(path, arch));
  const reached = own.length === 0 ? [] : reachedBy(own, await readIncludes(worktree, arch, ctx));
  const sources: string[] = [];
  const off: string[] = [];
  for (const path of [...reached].filter((one) => /\.[cS]$/.test(one)).sort()) {
    // What a series removes is touched, too.
    if (!(await stat(join(worktree, path)).catch(() => null))) continue;
    const option = await optionOf(objectOf(path), worktree);
    (option === null || isOn(options, option) ? sources : off).push(path);
  }
  return { sources, off };
};

const isOn = (options: ReadonlyMap<string, string>, option: string): boolean =>
  (options.get(option) ?? 'n') !== 'n';

/** `drivers/uio/uio.c` becomes `drivers/uio/uio.o`. Pure. */
export const objectOf = (source: string): string => source.replace(/\.[cS]$/, '.o');
