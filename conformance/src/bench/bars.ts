// SPDX-License-Identifier: MIT
import type { Registers } from '../devices/device.js';
import { EnvironmentError } from '../errors.js';
import type { Bdf } from '../pci/address.js';
import { type Roots, readBars } from '../pci/sysfs.js';
import { readUioDevice, type UioMap, uioNames } from '../pci/uio.js';
import type { Width } from '../sys/mmio.js';
import type { Sys } from '../sys/sys.js';

/** Bits of a register whose width nobody said. */
const WIDTH: Width = 32;

interface Target {
  readonly sys: Sys;
  readonly roots: Roots;
  readonly bdf: Bdf;
  /** A descriptor of the open file, at the moment. */
  readonly fd: () => number;
}

interface Mapping {
  readonly address: bigint;
  readonly length: number;
}

/** Registers of a device, mapped when first touched. */
export interface MappedRegisters extends Registers {
  /** Whether the driver lets the register be mapped: not so the pages of the MSI-X table. */
  isVisible(bar: number, offset: number): boolean;
  /** Gives the mappings up; touching a register afterwards maps it anew. */
  release(): void;
}

/** The map that shows a register's physical address. Pure. */
export const mapWith = (
  maps: readonly UioMap[],
  register: bigint,
  width: Width = WIDTH,
): UioMap | undefined =>
  maps.find(
    ({ address, offset, size }) =>
      register >= address + BigInt(offset) && register + BigInt(width / 8) <= address + BigInt(size),
  );

/**
 * The registers of a device that is bound in raw mode and open. A mapping keeps that
 * file open, so release() comes before its close.
 */
export const mapRegisters = ({ sys, roots, bdf, fd }: Target): MappedRegisters => {
  const bars = readBars(roots, bdf);
  const [uio] = uioNames(roots, bdf);
  const maps = uio === undefined ? [] : readUioDevice(roots, bdf, uio).maps;
  const mappings = new Map<UioMap, Mapping>();
  const mapped = (map: UioMap): Mapping => {
    const known = mappings.get(map);
    if (known !== undefined) return known;
    const length = Math.ceil(map.size / sys.pageSize) * sys.pageSize;
    const mapping = { address: sys.mmap(fd(), length, map.index * sys.pageSize), length };
    mappings.set(map, mapping);
    return mapping;
  };
  /** The physical address of a register. */
  const locate = (bar: number, offset: number, width: Width = WIDTH): bigint => {
    const resource = bars[bar];
    if (resource === undefined || resource.size === 0 || !resource.isMemory) {
      throw new EnvironmentError(`${bdf} has no memory in BAR ${bar}, where registers were expected`);
    }
    if (offset < 0 || offset + width / 8 > resource.size) {
      throw new EnvironmentError(
        `Register 0x${offset.toString(16)} lies outside BAR ${bar} of ${bdf} (${resource.size} bytes)`,
      );
    }
    return resource.start + BigInt(offset);
  };
  const mappedAt = (bar: number, offset: number, width?: Width): bigint => {
    const physical = locate(bar, offset, width);
    const map = mapWith(maps, physical, width);
    if (map === undefined) {
      throw new EnvironmentError(
        `Register 0x${offset.toString(16)} of BAR ${bar} of ${bdf} is hidden: no map of ${uio ?? 'a UIO device'} ` +
          `shows it (${maps.map(({ name }) => name).join(', ') || 'it has none'}). Pages with the MSI-X table have none`,
      );
    }
    return mapped(map).address + (physical - map.address);
  };
  return {
    read: (bar, offset, width) => sys.load(mappedAt(bar, offset, width), width),
    write: (bar, offset, value, width) => sys.store(mappedAt(bar, offset, width), value, width),
    addressOf: (bar) => locate(bar, 0),
    isVisible: (bar, offset) => mapWith(maps, locate(bar, offset)) !== undefined,
    release: () => {
      for (const { address, length } of mappings.values()) sys.munmap(address, length);
      mappings.clear();
    },
  };
};
