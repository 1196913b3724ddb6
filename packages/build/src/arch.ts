// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';

/** What building for an architecture takes. A new one is a record here. */
export interface Arch {
  /** As in cells: `x86_64`. */
  readonly name: string;
  /** make's `ARCH`. */
  readonly make: string;
  /** The make target of the image that a machine boots, and where it is in the build folder. */
  readonly target: string;
  readonly image: string;
  /** The GNU system that a cross compiler and its binutils are named for (Documentation/kbuild/kbuild.rst, `CROSS_COMPILE`). */
  readonly system: string;
  /** As Debian names it, for the C library that cross compilers build programs with. */
  readonly debian: string;
  /** The machines, as Node.js names them, whose own compiler builds for it. */
  readonly nativeOn: readonly string[];
}

const ARCHES: readonly [Arch, ...Arch[]] = [
  {
    name: 'x86_64',
    make: 'x86_64',
    target: 'bzImage',
    image: 'arch/x86/boot/bzImage',
    system: 'x86_64-linux-gnu',
    debian: 'amd64',
    nativeOn: ['x64'],
  },
  {
    name: 'arm64',
    make: 'arm64',
    target: 'Image',
    image: 'arch/arm64/boot/Image',
    system: 'aarch64-linux-gnu',
    debian: 'arm64',
    nativeOn: ['arm64'],
  },
  {
    name: 'riscv64',
    make: 'riscv',
    target: 'Image',
    image: 'arch/riscv/boot/Image',
    system: 'riscv64-linux-gnu',
    debian: 'riscv64',
    nativeOn: ['riscv64'],
  },
  {
    // kbuild itself says -m32.
    name: 'i386',
    make: 'i386',
    target: 'bzImage',
    image: 'arch/x86/boot/bzImage',
    system: 'i686-linux-gnu',
    debian: 'i386',
    nativeOn: ['x64', 'ia32'],
  },
];

/** The names of the architectures there are. */
export const ARCH_NAMES: readonly string[] = ARCHES.map(({ name }) => name);

/**
 * The architecture of that name.
 *
 * @throws {UserError} `unknown-arch` naming those there are
 */
export const findArch = (name: string): Arch => {
  const arch = ARCHES.find((known) => known.name === name);
  if (arch) return arch;
  throw new UserError({
    code: 'unknown-arch',
    message: `there is no architecture ${name}`,
    next: `choose one of: ${ARCH_NAMES.join(', ')}`,
  });
};

/** What stands before the name of a compiler for an architecture: nothing where this machine's own will do. */
export const crossPrefix = ({ nativeOn, system }: Arch, machine: string = process.arch): string =>
  nativeOn.includes(machine) ? '' : `${system}-`;
