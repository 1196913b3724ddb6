// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';

/** A way for QEMU to run guest code. */
export interface Accelerator {
  readonly name: string;
  /** The device node it needs; null when it needs none and always works. */
  readonly device: string | null;
  readonly arguments: readonly string[];
}

/** A program that ends QEMU with an exit code of its own when an accelerator runs it. */
export interface ProbeProgram {
  /** A bootable disk. */
  readonly disk: Uint8Array;
  /** The machine it needs, `DISK` standing for the disk's path. */
  readonly arguments: readonly string[];
  readonly exitCode: number;
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
  readonly probe: ProbeProgram;
}

// One sector, and the signature that makes it bootable.
const bootSector = (...code: number[]): Uint8Array => {
  const sector = new Uint8Array(512);
  sector.set(code);
  sector.set([0x55, 0xaa], 510);
  return sector;
};

const x86_64: Arch = {
  name: 'x86_64',
  qemu: 'qemu-system-x86_64',
  machine: ['-machine', 'q35'],
  console: 'ttyS0',
  // On a busy machine an emulated timer may be so late that the kernel takes it for dead and panics.
  kernelArguments: ['no_timer_check'],
  accelerators: [
    { name: 'kvm', device: '/dev/kvm', arguments: ['-accel', 'kvm', '-cpu', 'host'] },
    { name: 'tcg', device: null, arguments: ['-accel', 'tcg,thread=multi', '-cpu', 'max'] },
  ],
  probe: {
    // mov $0x10, %al; out %al, $0xf4; hlt; jmp .-1
    disk: bootSector(0xb0, 0x10, 0xe6, 0xf4, 0xf4, 0xeb, 0xfd),
    arguments: [
      ...['-machine', 'pc', '-device', 'isa-debug-exit,iobase=0xf4,iosize=1'],
      ...['-drive', 'file=DISK,format=raw,if=floppy,readonly=on'],
    ],
    // isa-debug-exit ends QEMU with (value << 1) | 1.
    exitCode: 0x21,
  },
};

const ARCHES: Readonly<Record<string, Arch>> = { x86_64 };

/**
 * An architecture by the kernel's name for it.
 *
 * @throws {UserError} `unknown-arch`
 */
export const findArch = (name: string): Arch => {
  const arch = Object.hasOwn(ARCHES, name) ? ARCHES[name] : undefined;
  if (arch !== undefined) return arch;
  throw new UserError({
    code: 'unknown-arch',
    message: `${name}: no such architecture`,
    next: `choose one of: ${Object.keys(ARCHES).join(', ')}`,
  });
};
