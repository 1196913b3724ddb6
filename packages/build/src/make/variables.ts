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
  ...(FAMILIES.find(({ name }) => name === target.toolchain.family)?.variables(
    target.toolchain.command,
    launcher,
  ) ?? []),
  // More warnings, for the findings. For all objects: flags that differed between runs would rebuild them.
  'W=1',
  // W=1 also runs kernel-doc on every file, minutes on a whole kernel. It is a check of its own.
  'cmd_checkdoc=',
  // Set, though empty, it keeps scripts/setlocalversion from adding a `+` for a tree without a tag.
  'LOCALVERSION=',
];

/**
 * make's environment. The names that end up in the image are fixed
 * (Documentation/kbuild/reproducible-builds.rst), and what would change a build from the outside is removed.
 */
export const makeEnvironment = (
  ccache: CcacheFolders | null,
): Readonly<Record<string, string | undefined>> => ({
  LC_ALL: 'C',
  KBUILD_BUILD_TIMESTAMP: '1970-01-01',
  KBUILD_BUILD_USER: 'uio-msi',
  KBUILD_BUILD_HOST: 'uio-msi',
  KBUILD_BUILD_VERSION: '1',
  ...Object.fromEntries(OUTSIDE.map((name) => [name, undefined])),
  ...(ccache && { CCACHE_DIR: ccache.dir, CCACHE_BASEDIR: ccache.base, CCACHE_NOHASHDIR: '1' }),
});

/** Where ccache keeps its objects, and the folder below which paths are made relative, so that copies of it share them. */
export interface CcacheFolders {
  readonly dir: string;
  readonly base: string;
}

// Read by make or kbuild from the environment.
const OUTSIDE = [
  'MAKEFLAGS',
  'MFLAGS',
  'MAKELEVEL',
  'MAKEOVERRIDES',
  'GNUMAKEFLAGS',
  'CROSS_COMPILE',
  'LLVM',
  'KCONFIG_CONFIG',
  'KCONFIG_ALLCONFIG',
  'KBUILD_OUTPUT',
  'KBUILD_EXTMOD',
  'KCFLAGS',
  'KCPPFLAGS',
  'KAFLAGS',
  'KBUILD_VERBOSE',
  'INSTALL_MOD_PATH',
] as const;
