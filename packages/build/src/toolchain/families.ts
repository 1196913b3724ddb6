// SPDX-License-Identifier: MIT

/** A compiler of a family as it is called here. */
export interface Compiler {
  /** What to call: `gcc-12`, `aarch64-linux-gnu-gcc`, `clang-19`. */
  readonly command: string;
  /** What the names of the tools that belong to it end with: `-19`, or nothing. */
  readonly suffix: string;
  /** What stands before the names of cross tools: `aarch64-linux-gnu-`, or nothing. */
  readonly prefix: string;
}

/** A kind of compiler: what differs between them, as data. */
export interface Family {
  readonly name: string;
  /** Arguments that make the compiler print its full version and nothing else. */
  readonly version: readonly string[];
  /** Whether there is a compiler for each architecture, or one for all of them. */
  readonly perArch: boolean;
  /** The commands that have to be there, the compiler first, and the Debian package that brings each. */
  readonly commands: (compiler: Compiler) => readonly { readonly name: string; readonly package: string }[];
  /** make's variables for a compiler, `launcher` (ccache) in front of it where there is one. */
  readonly variables: (compiler: Compiler, launcher: string | null) => readonly string[];
}

const launched = (launcher: string | null, command: string): string =>
  launcher === null ? command : `${launcher} ${command}`;

/** Of LLVM's tools, what make calls each by (Documentation/kbuild/llvm.rst). */
const LLVM_TOOLS = {
  LD: 'ld.lld',
  AR: 'llvm-ar',
  NM: 'llvm-nm',
  STRIP: 'llvm-strip',
  OBJCOPY: 'llvm-objcopy',
  OBJDUMP: 'llvm-objdump',
  READELF: 'llvm-readelf',
  HOSTCXX: 'clang++',
  HOSTAR: 'llvm-ar',
  HOSTLD: 'ld.lld',
} as const;

/** Which Debian package brings what is not in llvm. */
const PACKAGES: Readonly<Record<string, string>> = { clang: 'clang', 'clang++': 'clang', 'ld.lld': 'lld' };

/** The families there are, the default one first. */
export const FAMILIES: readonly [Family, ...Family[]] = [
  {
    name: 'gcc',
    version: ['-dumpfullversion'],
    perArch: true,
    commands: ({ command, suffix, prefix }) => [
      { name: command, package: `gcc${suffix}${prefix && `-${prefix.slice(0, -1)}`}` },
    ],
    // Programs for the machine that builds are made by its own compiler.
    variables: ({ command, prefix }, launcher) => [
      `CC=${launched(launcher, command)}`,
      `HOSTCC=${launched(launcher, prefix === '' ? command : 'gcc')}`,
      ...(prefix === '' ? [] : [`CROSS_COMPILE=${prefix}`]),
    ],
  },
  {
    name: 'clang',
    version: ['-dumpversion'],
    perArch: false,
    commands: ({ suffix }) =>
      [...new Set(['clang', ...Object.values(LLVM_TOOLS)])].map((tool) => ({
        name: `${tool}${suffix}`,
        package: `${PACKAGES[tool] ?? 'llvm'}${suffix}`,
      })),
    // One by one, as LLVM=-19 names them all from 5.18 on only. The selftests' lib.mk looks at nothing else, though.
    variables: ({ command, suffix }, launcher) => [
      `LLVM=${suffix || 1}`,
      'LLVM_IAS=1',
      `CC=${launched(launcher, command)}`,
      `HOSTCC=${launched(launcher, command)}`,
      ...Object.entries(LLVM_TOOLS).map(([variable, tool]) => `${variable}=${tool}${suffix}`),
    ],
  },
];
