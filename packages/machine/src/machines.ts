// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';
import type { Arch } from './arches.js';
import type { DeviceName } from './devices.js';

/** A machine: which devices its guest finds. */
export interface Machine {
  readonly name: string;
  /** QEMU's arguments besides those of the devices. */
  readonly arguments: readonly string[];
  /** Kernel command line, besides the architecture's. */
  readonly kernelArguments: readonly string[];
  readonly devices: readonly DeviceName[];
  /** The devices that the kernel's own selftests run on, by `vendor:device`: the first of its kind. */
  readonly selftests: Readonly<Record<string, DeviceName>>;
  /** Ids of the conformance suite's cases that can be tried here and not everywhere: they must pass. */
  readonly cases: readonly string[];
  /** What there is besides on architectures that have an IOMMU for it; null for nothing. */
  readonly translated: { readonly devices: readonly DeviceName[]; readonly cases: readonly string[] } | null;
}

const MACHINES: Readonly<Record<string, Machine>> = {
  /** One device, for whoever wants to know soon whether anything works at all. */
  small: {
    name: 'small',
    arguments: [],
    kernelArguments: [],
    devices: ['rocker4'],
    selftests: { '1b36:0006': 'rocker4' },
    cases: ['compat.every-operation'],
    translated: null,
  },
  /** MSI-X in several sizes, on devices of which each says at once what was raised. */
  msix: {
    name: 'msix',
    arguments: [],
    kernelArguments: [],
    devices: ['rocker66', 'rocker4', 'rocker128', 'ivshmem64', 'e1000e'],
    selftests: { '1b36:0006': 'rocker66' },
    cases: ['compat.every-operation', 'rem.surprise', 'raw.lockdown'],
    translated: null,
  },
  /**
   * The largest table, the other types of interrupts, and what a driver meets besides: a shared line,
   * virtual functions, a BAR smaller than a page, fewer messages than a device has, an IOMMU where there
   * is one, a bridge, a device without interrupts.
   */
  mixed: {
    name: 'mixed',
    arguments: [
      ...['-object', 'memory-backend-ram,id=queues,size=1M'], // of nvme2048
      // It has 16 messages of MSI, of which x86 without an IOMMU grants one. Nobody knows how to have it send them.
      ...['-device', 'nec-usb-xhci,msi=on,msix=off,addr=0x12,bus=pcie.0'],
    ],
    kernelArguments: [],
    devices: ['nvme2048', 'edu', 'e1000-line', 'e1000-same-line', 'sdhci', 'nvme-sriov', 'testdev', 'bridge'],
    selftests: { '1234:11e8': 'edu', '8086:100e': 'e1000-line' },
    cases: [
      'refuse.no-interrupt',
      'refuse.bridge',
      'refuse.virtual-function',
      'refuse.has-virtual-functions',
      'type.messages-forbidden',
      'line.neighbour',
      'line.left-asserting',
      'line.unclaimed',
      'info.granted',
      'many.one-by-one',
      'raw.lockdown',
    ],
    translated: { devices: ['edu-iommu'], cases: ['refuse.iommu'] },
  },
};

/** What is in a machine, and what switches that on. */
export type Equipment = Pick<Machine, 'arguments' | 'kernelArguments' | 'devices' | 'cases'>;

/** All that is in a machine of an architecture. Pure. */
export const equipmentOf = (machine: Machine, { ports, iommu }: Arch): Equipment => {
  const has = iommu !== null && machine.translated !== null ? { ...iommu, ...machine.translated } : null;
  return {
    arguments: [...ports, ...machine.arguments, ...(has?.arguments ?? [])],
    kernelArguments: [...machine.kernelArguments, ...(has?.kernelArguments ?? [])],
    devices: [...machine.devices, ...(has?.devices ?? [])],
    cases: [...machine.cases, ...(has?.cases ?? [])],
  };
};

/** The machines that a cell boots in where nobody chose others. */
export const STANDARD_MACHINES: readonly string[] = ['msix', 'mixed'];

/**
 * A machine by name.
 *
 * @throws {UserError} `unknown-machine`
 */
export const findMachine = (name: string): Machine => {
  const machine = Object.hasOwn(MACHINES, name) ? MACHINES[name] : undefined;
  if (machine !== undefined) return machine;
  throw new UserError({
    code: 'unknown-machine',
    message: `${name}: no such machine`,
    next: `choose one of: ${Object.keys(MACHINES).join(', ')}`,
  });
};
