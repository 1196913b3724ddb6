// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';

/** A way for QEMU to run guest code. */
export interface Accelerator {
  readonly name: string;
  /** The device node it needs; null when it needs none and always works. */
  readonly device: string | null;
  readonly arguments: readonly string[];
}

/** All that differs between architectures. A new one is a record here. */
export interface Arch {
  /** The kernel's name for it. */
  readonly name: string;
  readonly qemu: string;
  readonly machine: readonly string[];
  /** The console's device in the guest. */
  readonly console: string;
  /** Kernel command line besides the console. */
  readonly kernelArguments: readonly string[];
  /** Best first; the last always works. */
  readonly accelerators: readonly [...Accelerator[], Accelerator];
  /** Those that are taken only where somebody names them. */
  readonly onRequest: readonly Accelerator[];
}

const x86_64: Arch = {
  name: 'x86_64',
  qemu: 'qemu-system-x86_64',
  machine: ['-machine', 'q35'],
  console: 'ttyS0',
  // On a busy machine an emulated timer may be so late that the kernel takes it for dead and panics.
  kernelArguments: ['no_timer_check'],
  // With five levels of page tables an interrupt during identify_cpu(), which forgets that feature for a
  // moment, makes KASAN look for the shadow of four: a wild access that there was not.
  accelerators: [
    { name: 'kvm', device: '/dev/kvm', arguments: ['-accel', 'kvm', '-cpu', 'host,la57=off'] },
    { name: 'tcg', device: null, arguments: ['-accel', 'tcg,thread=multi', '-cpu', 'max,la57=off'] },
  ],
  // All processors in one thread of the host: slower, and without the races of QEMU's own (qemu-failures.ts).
  onRequest: [
    { name: 'tcg-single', device: null, arguments: ['-accel', 'tcg,thread=single', '-cpu', 'max,la57=off'] },
  ],
};

const ARCHES: Readonly<Record<string, Arch>> = { x86_64 };

/** Whether there is a machine for kernels of an architecture. */
export const isBootable = (arch: string): boolean => Object.hasOwn(ARCHES, arch);

/**
 * An architecture by the kernel's name for it.
 *
 * @throws {UserError} `unknown-arch`
 */
export const findArch = (name: string): Arch => {
  const arch = isBootable(name) ? ARCHES[name] : undefined;
  if (arch !== undefined) return arch;
  throw new UserError({
    code: 'unknown-arch',
    message: `${name}: no such architecture`,
    next: `choose one of: ${Object.keys(ARCHES).join(', ')}`,
  });
};

/**
 * One of an architecture's accelerators by its name, whether it works here or not.
 *
 * @throws {UserError} `unknown-accelerator`
 */
export const acceleratorOf = ({ name: arch, accelerators, onRequest }: Arch, name: string): Accelerator => {
  const all = [...accelerators, ...onRequest];
  const found = all.find((one) => one.name === name);
  if (found !== undefined) return found;
  throw new UserError({
    code: 'unknown-accelerator',
    message: `${name}: no such accelerator for ${arch}`,
    next: `choose one of: ${all.map((one) => one.name).join(', ')}`,
  });
};
