// SPDX-License-Identifier: MIT
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Step } from '../pci/steps.js';
import type { Roots } from '../pci/sysfs.js';
import { DRIVER } from '../uapi/uio-msi.js';

/** What uio_msi lets a process have of a device: its interrupts alone, or its BARs too. */
export type Mode = 'safe' | 'raw';

/** The module parameter that says so, read when a device is bound. */
export const RAW_ACCESS = 'raw_access';
const PARAMETERS = [RAW_ACCESS, 'raw_vfs'];

/** How the kernel prints a parameter of type bool, and takes it. */
const VALUES: Readonly<Record<Mode, string>> = { safe: 'N', raw: 'Y' };

/** The file of a parameter of the driver's module. */
export const parameterFile = (roots: Roots, name: string): string =>
  join(roots.sys, 'module', DRIVER, 'parameters', name);

/**
 * What makes the driver give the next device that is bound this mode. Nothing for safe mode on a
 * driver without the parameter: it has no other.
 */
export const stepsToChoose = (roots: Roots, mode: Mode): Step[] => {
  const file = parameterFile(roots, RAW_ACCESS);
  return mode === 'safe' && !existsSync(file) ? [] : [{ file, value: VALUES[mode] }];
};

/** Whether the driver has a raw mode at all. */
export const hasRawMode = (roots: Roots): boolean => existsSync(parameterFile(roots, RAW_ACCESS));

/** The parameters as they are now, as the steps that make them so again. */
export const stepsToKeepParameters = (roots: Roots): Step[] =>
  PARAMETERS.map((name) => parameterFile(roots, name))
    .filter((file) => existsSync(file))
    .map((file) => ({ file, value: readFileSync(file, 'utf8').trim() }));
