// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Roots } from '../pci/sysfs.js';

/** A process, told from a later one with the same number. */
export interface Owner {
  readonly pid: number;
  /** When it was started, in clock ticks since the machine was: proc(5), /proc/pid/stat field 22. */
  readonly started: string;
}

/** This process. */
export const ownProcess = (roots: Roots): Owner => ({
  pid: process.pid,
  started: startOf(process.pid, roots) ?? '',
});

/** Whether the process is still there. */
export const isAlive = ({ pid, started }: Owner, roots: Roots): boolean => startOf(pid, roots) === started;

const startOf = (pid: number, roots: Roots): string | null => {
  try {
    const stat = readFileSync(join(roots.proc, String(pid), 'stat'), 'utf8');
    // The second field is the program's name in brackets, and may have anything in it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
};
