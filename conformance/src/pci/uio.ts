// SPDX-License-Identifier: MIT
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bdf } from './address.js';
import { deviceFolder, type Roots } from './sysfs.js';

/** MAX_UIO_MAPS, include/linux/uio_driver.h. */
export const MOST_MAPS = 5;

/** A UIO device as its class folder shows it. */
export interface UioDevice {
  /** `uio0`. */
  readonly uio: string;
  /** `/dev/uio0`. */
  readonly node: string;
  readonly name: string;
  readonly version: string;
  readonly maps: readonly UioMap[];
}

/** A memory map of a UIO device: mmap(2) with offset `index` pages gives it. */
export interface UioMap {
  readonly index: number;
  readonly name: string;
  /** Physical address of the first page. */
  readonly address: bigint;
  /** Where in the first page the memory begins. */
  readonly offset: number;
  readonly size: number;
}

/** Names of the UIO devices that belong to a PCI device: one when uio_msi is bound, else none. */
export const uioNames = (roots: Roots, bdf: Bdf): string[] => {
  const folder = join(deviceFolder(roots, bdf), 'uio');
  return existsSync(folder) ? readdirSync(folder).sort() : [];
};

/** What sysfs says of a UIO device. */
export const readUioDevice = (roots: Roots, bdf: Bdf, uio: string): UioDevice => {
  const folder = join(deviceFolder(roots, bdf), 'uio', uio);
  const text = (file: string) => readFileSync(join(folder, file), 'utf8').trim();
  return {
    uio,
    node: join(roots.dev, uio),
    name: text('name'),
    version: text('version'),
    maps: readMaps(folder),
  };
};

const readMaps = (uioFolder: string): UioMap[] => {
  const folder = join(uioFolder, 'maps');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((map) => {
      const text = (file: string) => readFileSync(join(folder, map, file), 'utf8').trim();
      return {
        index: Number(map.replace('map', '')),
        name: text('name'),
        address: BigInt(text('addr')),
        offset: Number(text('offset')),
        size: Number(text('size')),
      };
    })
    .sort((a, b) => a.index - b.index);
};
