// SPDX-License-Identifier: MIT
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Bdf } from './address.js';
import { COMMAND, type ConfigSpace, parseConfigSpace } from './config-space.js';

/** Where the kernel's file systems are mounted: elsewhere only in tests. */
export interface Roots {
  readonly sys: string;
  readonly proc: string;
  readonly dev: string;
}

/** The running kernel's. */
export const KERNEL_ROOTS: Roots = { sys: '/sys', proc: '/proc', dev: '/dev' };

/** Whose a device is. */
export interface Binding {
  readonly driver: string | null;
  /** What `driver_override` holds: the one driver that may take the device, whatever its id. */
  readonly override: string | null;
}

/** A PCI device as sysfs shows it. */
export interface PciDevice extends Binding {
  readonly bdf: Bdf;
  /** `vendor:device` in lower-case hexadecimal, as `lspci -n` prints it. */
  readonly id: string;
}

/** A range of addresses that a BAR decodes. `size` 0 means that the BAR is not there. */
export interface Resource {
  readonly start: bigint;
  readonly size: number;
  readonly isMemory: boolean;
}

const IORESOURCE_MEM = 0x200n; // include/linux/ioport.h

/** The folder of a device. */
export const deviceFolder = (roots: Roots, bdf: Bdf): string => join(roots.sys, 'bus/pci/devices', bdf);

/** Every PCI device of the machine, by address. */
export const listPciDevices = (roots: Roots): PciDevice[] => {
  const folder = join(roots.sys, 'bus/pci/devices');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((bdf) => readPciDevice(roots, bdf));
};

/** One device. Throws what the file system throws when it is not there. */
export const readPciDevice = (roots: Roots, bdf: Bdf): PciDevice => {
  const folder = deviceFolder(roots, bdf);
  const hex = (file: string) => readFileSync(join(folder, file), 'utf8').trim().replace(/^0x/, '');
  return { bdf, id: `${hex('vendor')}:${hex('device')}`, ...readBinding(roots, bdf) };
};

/** Driver and override of a device. */
export const readBinding = (roots: Roots, bdf: Bdf): Binding => {
  const file = join(deviceFolder(roots, bdf), 'driver_override');
  const override = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  return { driver: boundDriver(roots, bdf), override: UNSET.includes(override) ? null : override };
};

/** How the kernel prints an override that is not there: "%s" of a null pointer. */
const UNSET = ['', '(null)'];

/** Name of the driver that the device is bound to. */
export const boundDriver = (roots: Roots, bdf: Bdf): string | null => {
  const link = join(deviceFolder(roots, bdf), 'driver');
  return existsSync(link) ? basename(readlinkSync(link)) : null;
};

/** The device's configuration space: 256 bytes or more for root, 64 for others. */
export const readConfigSpace = (roots: Roots, bdf: Bdf): ConfigSpace =>
  parseConfigSpace(readFileSync(join(deviceFolder(roots, bdf), 'config')));

/** Writes the command register, whoever has the device: as setpci(8) does. */
export const writeCommand = (roots: Roots, bdf: Bdf, value: number): void => {
  const word = Buffer.alloc(2);
  word.writeUInt16LE(value);
  const fd = openSync(join(deviceFolder(roots, bdf), 'config'), 'r+');
  try {
    writeSync(fd, word, 0, word.length, COMMAND);
  } finally {
    closeSync(fd);
  }
};

/** How many enabled the device and did not disable it again: Documentation/ABI/testing/sysfs-bus-pci, enable. */
export const enableCount = (roots: Roots, bdf: Bdf): number =>
  Number(readFileSync(join(deviceFolder(roots, bdf), 'enable'), 'utf8'));

/** The six BARs, from sysfs' `resource` (start, end, flags a line). */
export const readBars = (roots: Roots, bdf: Bdf): Resource[] =>
  readFileSync(join(deviceFolder(roots, bdf), 'resource'), 'utf8')
    .split('\n')
    .slice(0, 6)
    .map((line) => {
      const [start = 0n, end = 0n, flags = 0n] = line.split(' ').filter(Boolean).map(BigInt);
      const size = end > start ? Number(end - start + 1n) : 0;
      return { start, size, isMemory: (flags & IORESOURCE_MEM) !== 0n };
    });

/** How many messages (MSI-X or MSI) the kernel has allocated for the device; null while it has none. */
export const messagesGranted = (roots: Roots, bdf: Bdf): number | null => {
  const folder = join(deviceFolder(roots, bdf), 'msi_irqs');
  const count = existsSync(folder) ? readdirSync(folder).length : 0;
  return count === 0 ? null : count;
};
