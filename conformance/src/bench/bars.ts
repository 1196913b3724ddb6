// SPDX-License-Identifier: MIT
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Registers } from '../devices/device.js';
import { EnvironmentError } from '../errors.js';
import type { Bdf } from '../pci/address.js';
import { deviceFolder, type Resource, type Roots, readBars } from '../pci/sysfs.js';
import { readUioDevice, uioNames } from '../pci/uio.js';
import { O_RDWR } from '../sys/constants.js';
import type { Sys } from '../sys/sys.js';
import { outcomeOf } from './expect.js';

/** A mapped BAR. `base` is the address of its first register. */
interface Mapping {
  readonly base: bigint;
  readonly size: number;
  readonly unmap: () => void;
}

/** Where a BAR can be mapped from. Gives null when this way is closed. */
type Way = (target: Target, bar: number, resource: Resource) => Mapping | null;

interface Target {
  readonly sys: Sys;
  readonly roots: Roots;
  readonly bdf: Bdf;
  readonly uioFd: number;
}

const mapPages = (sys: Sys, fd: number, offset: number, inPage: number, size: number): Mapping => {
  const length = Math.ceil((inPage + size) / sys.pageSize) * sys.pageSize;
  const address = sys.mmap(fd, length, offset);
  return { base: address + BigInt(inPage), size, unmap: () => sys.munmap(address, length) };
};

/** The UIO map over the same physical address, where the driver offers one. */
const throughUio: Way = ({ sys, roots, bdf, uioFd }, _bar, resource) => {
  const [uio] = uioNames(roots, bdf);
  if (uio === undefined) return null;
  const map = readUioDevice(roots, bdf, uio).maps.find(
    (m) => m.address + BigInt(m.offset) === resource.start,
  );
  return map === undefined ? null : mapPages(sys, uioFd, map.index * sys.pageSize, map.offset, resource.size);
};

/** sysfs' `resourceN`: closed while a driver holds the region exclusively. */
const throughSysfs: Way = ({ sys, roots, bdf }, bar, resource) => {
  const file = join(deviceFolder(roots, bdf), `resource${bar}`);
  if (!existsSync(file)) return null;
  const fd = sys.open(file, O_RDWR);
  try {
    let mapping: Mapping | null = null;
    const inPage = Number(resource.start % BigInt(sys.pageSize));
    outcomeOf(() => (mapping = mapPages(sys, fd, 0, inPage, resource.size)));
    return mapping;
  } finally {
    sys.close(fd);
  }
};

const WAYS: readonly Way[] = [throughUio, throughSysfs];

/** Registers of a device, mapped when first touched. */
export interface MappedRegisters extends Registers {
  /** Gives the mappings up; touching a register afterwards maps it anew. */
  release(): void;
}

/**
 * The registers of a device that is bound and open as `uioFd`. A mapping through UIO keeps that
 * file open, so release() comes before its close.
 */
export const mapRegisters = (target: Target): MappedRegisters => {
  const mappings = new Map<number, Mapping>();
  const mapped = (bar: number): Mapping => {
    const known = mappings.get(bar);
    if (known !== undefined) return known;
    const resource = readBars(target.roots, target.bdf)[bar];
    if (resource === undefined || resource.size === 0 || !resource.isMemory) {
      throw new EnvironmentError(
        `${target.bdf} has no memory in BAR ${bar}, where its provoker expects registers`,
      );
    }
    for (const way of WAYS) {
      const mapping = way(target, bar, resource);
      if (mapping === null) continue;
      mappings.set(bar, mapping);
      return mapping;
    }
    throw new EnvironmentError(
      `Cannot map BAR ${bar} of ${target.bdf}: the driver offers no UIO map and sysfs refuses its resource${bar}`,
    );
  };
  const addressOf = (bar: number, offset: number): bigint => {
    const { base, size } = mapped(bar);
    if (offset < 0 || offset + 4 > size) {
      throw new EnvironmentError(
        `Register 0x${offset.toString(16)} lies outside BAR ${bar} of ${target.bdf} (${size} bytes)`,
      );
    }
    return base + BigInt(offset);
  };
  return {
    read32: (bar, offset) => target.sys.read32(addressOf(bar, offset)),
    write32: (bar, offset, value) => target.sys.write32(addressOf(bar, offset), value),
    release: () => {
      for (const { unmap } of mappings.values()) unmap();
      mappings.clear();
    },
  };
};
