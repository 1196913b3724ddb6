// SPDX-License-Identifier: MIT
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Bdf } from './address.js';
import { deviceFolder, type Roots } from './sysfs.js';

const IFF_UP = 1; // include/uapi/linux/if.h

/**
 * Why taking the device from its driver would hurt someone: an interface that is up, a block
 * device that is mounted, swapped to or held by another. Empty when nobody would notice.
 */
export const usesOf = (roots: Roots, bdf: Bdf): string[] => {
  const folder = deviceFolder(roots, bdf);
  if (!existsSync(folder)) return [];
  return [...interfacesUp(folder), ...blockDevicesInUse(roots, realpathSync(folder))];
};

const interfacesUp = (folder: string): string[] =>
  childrenOf(join(folder, 'net'))
    .filter((name) => (Number(readText(join(folder, 'net', name, 'flags'))) & IFF_UP) !== 0)
    .map((name) => `network interface ${name} is up`);

/** Block devices sit at various depths below a controller, so they are looked at from their class. */
const blockDevicesInUse = (roots: Roots, realFolder: string): string[] => {
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
      return holders.length > 0 ? [`disk ${name} is held by ${holders.join(', ')}`] : [];
    });
};

const childrenOf = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);

const readText = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
