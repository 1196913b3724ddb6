// SPDX-License-Identifier: MIT
import type { Arch } from '../arch.js';
import { FAMILIES } from '../toolchain/families.js';
import type { Toolchain } from '../toolchain/find.js';

/** Where and with what a kernel is built. */
export interface Target {
  readonly worktree: string;
  readonly buildDir: string;
  readonly arch: Arch;
  readonly toolchain: Toolchain;
}

/** make's variables: the target's own, and what makes the same sources give the same bytes. */
export const makeVariables = (target: Target, launcher: string | null): readonly string[] => [
  `O=${target.buildDir}`,
  `ARCH=${target.arch.make}`,
  ...(FAMILIES.find(({ name }) => name === target.toolchain.family)?.variables(target.toolchain, launcher) ??
    []),
  // Lines and inlined functions in the modules, so that a trace can be decoded; the image is as it would be without
  // (Documentation/kbuild/kbuild.rst, CFLAGS_MODULE). The kernel loads no such section.
  'CFLAGS_MODULE=-g1',
  // More warnings, for the findings. For all objects: flags that differed between runs would rebuild them.
  'W=1',
  // W=1 also runs kernel-doc on every file, minutes on a whole kernel. It is a check of its own.
  'cmd_checkdoc=',
  // Set, though empty, it keeps scripts/setlocalversion from adding a `+` for a tree without a tag.
  'LOCALVERSION=',
];

/**
 * make's environment. The names that end up in the image are fixed
 * (Documentation/kbuild/reproducible-builds.rst). Of our own environment only what is known to be
 * harmless gets through: make, kbuild, the compiler and ccache read dozens of names, and one of
 * them would change what is built or found behind the back of the content key.
 *
 * @param ours our own environment, whose other names are taken away
 */
export const makeEnvironment = (
  ccache: CcacheFolders | null,
  ours: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<Record<string, string | undefined>> => ({
  ...Object.fromEntries(
    Object.keys(ours)
      .filter((name) => !HARMLESS.has(name))
      .map((name) => [name, undefined]),
  ),
  LC_ALL: 'C',
  KBUILD_BUILD_TIMESTAMP: '1970-01-01',
  KBUILD_BUILD_USER: 'uio-msi',
  KBUILD_BUILD_HOST: 'uio-msi',
  KBUILD_BUILD_VERSION: '1',
  ...(ccache && { CCACHE_DIR: ccache.dir, CCACHE_BASEDIR: ccache.base, CCACHE_NOHASHDIR: '1' }),
});

/** Where ccache keeps its objects, and the folder below which paths are made relative, so that copies of it share them. */
export interface CcacheFolders {
  readonly dir: string;
  readonly base: string;
}

// Where programs are, and where they may write.
const HARMLESS: ReadonlySet<string> = new Set(['PATH', 'HOME', 'TMPDIR']);
