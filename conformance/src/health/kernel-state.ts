// SPDX-License-Identifier: MIT
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rig } from '../bench/rig.js';
import { deviceFolder } from '../pci/sysfs.js';
import { DRIVER } from '../uapi/uio-msi.js';
import type { KernelState } from './examine.js';

/** Reads what a case must leave as it was. */
export const readKernelState = (rig: Rig): KernelState => {
  const number = (...path: string[]) => Number(readFileSync(join(...path), 'utf8'));
  const useCount = join(rig.roots.sys, 'module', DRIVER, 'refcnt');
  const messages = join(deviceFolder(rig.roots, rig.bdf), 'msi_irqs');
  return {
    taint: number(rig.roots.proc, 'sys/kernel/tainted'),
    useCount: existsSync(useCount) ? number(useCount) : null,
    armed: [...rig.armedVectors().keys()],
    messages: existsSync(messages) ? readdirSync(messages) : [],
  };
};
