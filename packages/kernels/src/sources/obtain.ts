// SPDX-License-Identifier: MIT
import { EnvironmentError } from '@uio-msi/model';
import type { Kernel, Source } from '../catalogue/kernel.js';
import { versionOf } from '../catalogue/makefile.js';
import { git } from '../store/git.js';
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
 * Gets a kernel's tree from the first of its sources that has it; one that gives another kernel has not.
 *
 * @throws {EnvironmentError} `kernel-unavailable`, which says of each source why not
 * @throws {Interrupted} when the signal aborts
 */
export const obtain = async (kernel: Kernel, ctx: SourceContext): Promise<Obtained> => {
  const reasons: string[] = [];
  for (const source of kernel.sources) {
    const kind = kindOf(source);
    try {
      const obtained = await kind.obtain(source, kernel, ctx);
      await requireVersion(obtained, kernel, ctx);
      return obtained;
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

// A day of linux-next has the version of what it is made for, and 7.2.0 is another name of 7.2.
const isAs = (version: string, found: string): boolean =>
  /^\D/.test(version) || version === found || version === `${found}.0`;

const requireVersion = async (
  { tree }: Obtained,
  { version }: Kernel,
  { store }: SourceContext,
): Promise<void> => {
  const found = versionOf(await git(store.gitDir, 'cat-file', 'blob', `${tree}:Makefile`).catch(() => ''));
  if (found !== null && isAs(version, found)) return;
  throw new EnvironmentError({
    code: 'another-kernel',
    message: found === null ? 'this is no kernel: its Makefile names no version' : `this is linux ${found}`,
  });
};
