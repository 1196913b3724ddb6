// SPDX-License-Identifier: MIT
import { EnvironmentError } from '@uio-msi/model';
import type { Kernel, Source } from '../catalogue/kernel.js';
import { debianKind } from './debian.js';
import { gitKind } from './git.js';
import type { Obtained, SourceContext, SourceKind } from './source.js';
import { tarballKind } from './tarball.js';

const KINDS: { readonly [K in Source['kind']]: SourceKind<Extract<Source, { kind: K }>> } = {
  git: gitKind,
  tarball: tarballKind,
  debian: debianKind,
};

// The table has for each kind what takes a source of that kind; the compiler cannot see it.
const kindOf = (source: Source): SourceKind<Source> => KINDS[source.kind] as SourceKind<Source>;

/**
 * Gets a kernel's tree from the first of its sources that has it.
 *
 * @throws {EnvironmentError} `kernel-unavailable`, which says of each source why not
 * @throws {Interrupted} when the signal aborts
 */
export const obtain = async (kernel: Kernel, ctx: SourceContext): Promise<Obtained> => {
  const reasons: string[] = [];
  for (const source of kernel.sources) {
    const kind = kindOf(source);
    try {
      return await kind.obtain(source, kernel, ctx);
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      reasons.push(`${kind.name(source)}: ${error.why ?? error.message}`);
    }
  }
  throw new EnvironmentError({
    code: 'kernel-unavailable',
    message: `linux ${kernel.version} cannot be had from any of its sources`,
    why: reasons.join('; '),
    next: 'see that one of them can be reached, or name another in linux-tree/kernels.yaml',
  });
};
