// SPDX-License-Identifier: MIT
import { closeSync, constants, existsSync, openSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Bdf } from './address.js';
import { holdersOf } from './holders.js';
import { deviceFolder, type Roots } from './sysfs.js';
import { uioNames } from './uio.js';

const IFF_UP = 1; // include/uapi/linux/if.h

/**
 * Why taking the device from its driver would hurt someone: an interface that is up, a block
 * device that is mounted, swapped to, held by another or claimed in any other way, a UIO device that
 * a process has open. Empty when nobody would notice. VFIO's files are not looked for: it has only
 * devices with an IOMMU group, which are refused as such.
 */
export const usesOf = (roots: Roots, bdf: Bdf, isClaimed: IsClaimed = refusesExclusiveOpen): string[] => {
  const folder = deviceFolder(roots, bdf);
  if (!existsSync(folder)) return [];
  return [
    ...interfacesUp(roots, realpathSync(folder)),
    ...blockDevicesInUse(roots, realpathSync(folder), isClaimed),
    ...openInProcesses(roots, bdf),
  ];
};

/** Opening it would tell, too, but its last close resets the device. */
const openInProcesses = (roots: Roots, bdf: Bdf): string[] => {
  const nodes = uioNames(roots, bdf).map((uio) => join(roots.dev, uio));
  return holdersOf(roots, nodes).map(
    ({ pid, program }) => `${nodes.join(', ')} is open in process ${pid} (${program})`,
  );
};

/** Interfaces too may sit deeper: those of virtio below a device of its own bus. */
const interfacesUp = (roots: Roots, realFolder: string): string[] => {
  const classFolder = join(roots.sys, 'class/net');
  return (
    childrenOf(classFolder)
      .map((name) => ({ name, folder: join(classFolder, name) }))
      // Besides interfaces there may be plain files, like bonding_masters.
      .filter(({ folder }) => existsSync(join(folder, 'flags')))
      .filter(({ folder }) => realpathSync(folder).startsWith(`${realFolder}/`))
      .filter(({ folder }) => (Number(readText(join(folder, 'flags'))) & IFF_UP) !== 0)
      .map(({ name }) => `network interface ${name} is up`)
  );
};

/** Block devices sit at various depths below a controller, so they are looked at from their class. */
const blockDevicesInUse = (roots: Roots, realFolder: string, isClaimed: IsClaimed): string[] => {
  const classFolder = join(roots.sys, 'class/block');
  const mounts = readText(join(roots.proc, 'self/mountinfo')).split('\n');
  const swaps = readText(join(roots.proc, 'swaps')).split('\n');
  return childrenOf(classFolder)
    .filter((name) => realpathSync(join(classFolder, name)).startsWith(`${realFolder}/`))
    .flatMap((name) => {
      const number = readText(join(classFolder, name, 'dev')).trim();
      const mount = mounts.map((line) => line.split(' ')).find((fields) => fields[2] === number);
      if (mount !== undefined) return [`disk ${name} is mounted on ${mount[4]}`];
      if (swaps.some((line) => line.startsWith(`/dev/${name} `))) return [`disk ${name} is swap`];
      const holders = childrenOf(join(classFolder, name, 'holders'));
      if (holders.length > 0) return [`disk ${name} is held by ${holders.join(', ')}`];
      const node = nodeOf(name);
      return isClaimed(join(roots.dev, node))
        ? [`disk ${node} is claimed by a file system or a program`]
        : [];
    });
};

/** Whether somebody has the block device for himself. */
type IsClaimed = (node: string) => boolean;

/**
 * Who mounts a device or makes it part of another claims it, and then nobody can open it
 * exclusively: open(2), O_EXCL. It finds what mountinfo does not name: each device of a btrfs or an
 * array, the paths of a multipath.
 */
const refusesExclusiveOpen: IsClaimed = (node) => {
  try {
    closeSync(openSync(node, constants.O_RDONLY | constants.O_EXCL | constants.O_NONBLOCK));
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EBUSY';
  }
};

/**
 * The file below /dev: `!` stands for `/` in sysfs, and a path of NVMe's own multipath (nvme0c1n2)
 * is used through its head (nvme0n2), drivers/nvme/host/multipath.c.
 */
const nodeOf = (name: string): string => name.replaceAll('!', '/').replace(/^(nvme\d+)c\d+(n\d+)/, '$1$2');

const childrenOf = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);

const readText = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
