// SPDX-License-Identifier: MIT
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { EnvironmentError } from '../errors.js';
import type { Roots } from '../pci/sysfs.js';
import { lockdownOf } from './security.js';

/** Where the kernels' modules are, and which kernel runs: others only in tests. */
export interface Installed {
  readonly modules: string;
  readonly release: string;
}

/** @throws EnvironmentError unless this process may do what a run does. */
export const requireRunnable = (
  roots: Roots,
  driver: string,
  installed: Installed = { modules: '/lib/modules', release: release() },
): void => {
  if (process.getuid?.() !== 0) {
    throw new EnvironmentError('Binding a device and reading the kernel log need root. Run it again as root');
  }
  if (!existsSync(join(roots.sys, 'bus/pci/drivers', driver)))
    throw new EnvironmentError(whyNotLoaded(roots, driver, installed));
};

const whyNotLoaded = (roots: Roots, driver: string, { modules, release: running }: Installed): string => {
  const others = kernelsWith(driver, modules);
  if (others.includes(running))
    return [`The driver ${driver} is not loaded. Load it: modprobe ${driver}`, ...hindrances(roots)].join(
      '. ',
    );
  const built = `Build it for this kernel (${running}): the README that came with the suite says how, under "The module"`;
  return others.length === 0
    ? `The driver ${driver} is not in this kernel. ${built}`
    : `The driver ${driver} is installed for ${others.join(', ')}, not for the kernel that runs. ${built}, or start that one`;
};

/** What may keep a module that is there from being loaded. */
const hindrances = (roots: Roots): string[] => [
  ...(existsSync(join(roots.sys, 'module/uio'))
    ? [
        "If it is refused for its symbols, the kernel's own UIO core is loaded, which has no ioctls: modprobe -r uio, after the drivers that use it",
      ]
    : []),
  ...(lockdownOf(roots) === null || lockdownOf(roots) === 'none'
    ? []
    : [`The kernel is locked down (${lockdownOf(roots)}): it takes only modules with a signature it trusts`]),
];

/** Releases whose list of modules has the driver: modules.dep(5) names the file, compressed or not. */
const kernelsWith = (driver: string, modules: string): string[] =>
  existsSync(modules)
    ? readdirSync(modules).filter((name) => {
        const list = join(modules, name, 'modules.dep');
        return (
          existsSync(list) && new RegExp(`(^|/)${driver}\\.ko[.\\w]*:`, 'm').test(readFileSync(list, 'utf8'))
        );
      })
    : [];
