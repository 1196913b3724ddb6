// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';

/** A way for QEMU to run guest code. */
export interface Accelerator {
  readonly name: string;
  /** The device node it needs; null when it needs none and always works. */
  readonly device: string | null;
  readonly arguments: readonly string[];
}

/** An IOMMU that translates for one bus and leaves the others alone. */
export interface Iommu {
  readonly arguments: readonly string[];
  readonly kernelArguments: readonly string[];
}

/** All that differs between architectures. A new one is a record here. */
export interface Arch {
  /** The kernel's name for it. */
  readonly name: string;
  readonly qemu: string;
  /** The Debian package that brings QEMU for it. */
  readonly package: string;
  readonly machine: readonly string[];
  /** What leaves the removal of what is behind a port to the port, as on machines that people own. */
  readonly ports: readonly string[];
  /** Null where there is none that can be kept to one bus. */
  readonly iommu: Iommu | null;
  /** The architecture as Node.js names it: where it is our own, guests get the programs of this machine. */
  readonly node: string;
  /** As Debian names it, whose programs they get elsewhere. */
  readonly debian: string;
  /** The console's device in the guest. */
  readonly console: string;
  /** Kernel command line besides the console. */
  readonly kernelArguments: readonly string[];
  /** How many times longer its guests take than those of x86_64, as emulated here. */
  readonly patience: number;
  /** Best first; the last always works. */
  readonly accelerators: readonly [...Accelerator[], Accelerator];
  /** Those that are taken only where somebody names them. */
  readonly onRequest: readonly Accelerator[];
}

const x86_64: Arch = {
  name: 'x86_64',
  qemu: 'qemu-system-x86_64',
  package: 'qemu-system-x86',
  machine: ['-machine', 'q35'],
  ports: ['-global', 'ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off'],
  iommu: {
    arguments: ['-machine', 'default_bus_bypass_iommu=on', '-device', 'intel-iommu'],
    kernelArguments: ['intel_iommu=on'],
  },
  node: 'x64',
  debian: 'amd64',
  console: 'ttyS0',
  // On a busy machine an emulated timer may be so late that the kernel takes it for dead and panics.
  kernelArguments: ['no_timer_check'],
  patience: 1,
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

// The first processor of QEMU's with atomics of one instruction, which an emulator does faster; it has 32-bit processes.
const CORTEX = ['-cpu', 'cortex-a76'];

// A machine that a device tree describes (hw/arm/virt.c); messages go through the ITS of its GICv3.
const arm64: Arch = {
  name: 'arm64',
  qemu: 'qemu-system-aarch64',
  package: 'qemu-system-arm',
  machine: ['-machine', 'virt,gic-version=3,its=on'],
  ports: [],
  // The SMMU of a machine without ACPI translates for all buses, and there is one root bus.
  iommu: null,
  node: 'arm64',
  debian: 'arm64',
  console: 'ttyAMA0',
  kernelArguments: [],
  // The suite's first result came after 28 s, where one of x86_64 takes 7: Node.js makes code, which is emulated anew.
  patience: 4,
  accelerators: [{ name: 'tcg', device: null, arguments: ['-accel', 'tcg,thread=multi', ...CORTEX] }],
  onRequest: [{ name: 'tcg-single', device: null, arguments: ['-accel', 'tcg,thread=single', ...CORTEX] }],
};

const ARCHES: Readonly<Record<string, Arch>> = { x86_64, arm64 };

/** How many times longer guests of an architecture take; 1 for those that nothing boots. */
export const patienceOf = (arch: string): number => ARCHES[arch]?.patience ?? 1;

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
