// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Roots } from '../pci/sysfs.js';

/** TAINT_USER, which raw access sets: Documentation/admin-guide/tainted-kernels. */
const TAINT_USER = 1 << 6;

/** Whether somebody had raw access of some kind since the kernel was started. */
export const isUserTainted = (roots: Roots): boolean =>
  (Number(readFileSync(join(roots.proc, 'sys/kernel/tainted'), 'utf8')) & TAINT_USER) !== 0;

/** Bits of /proc/sys/kernel/tainted that accuse a driver: Documentation/admin-guide/tainted-kernels. */
const ACCUSING: Readonly<Record<number, string>> = {
  5: 'bad page (B)',
  7: 'oops or BUG (D)',
  9: 'warning (W)',
  14: 'soft lockup (L)',
};

/** The accusing bits that were set between two readings. Pure. */
export const newTaints = (before: number, after: number): string[] =>
  Object.entries(ACCUSING)
    .filter(([bit]) => ((after & ~before) >>> Number(bit)) & 1)
    .map(([, meaning]) => meaning);
