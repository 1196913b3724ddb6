// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';

/** What building for an architecture takes. */
export interface Arch {
  /** As in cells: `x86_64`. */
  readonly name: string;
  /** make's `ARCH`. */
  readonly make: string;
  /** The make target of the image that a machine boots, and where it is in the build folder. */
  readonly target: string;
  readonly image: string;
}

const ARCHES: readonly Arch[] = [
  { name: 'x86_64', make: 'x86_64', target: 'bzImage', image: 'arch/x86/boot/bzImage' },
];

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
    next: `choose one of: ${ARCHES.map((known) => known.name).join(', ')}`,
  });
};
