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
  started: statOf(process.pid, roots)?.started ?? '',
});

/**
 * Whether the process is still there. One that ended, and that its parent has not asked for yet, is not,
 * unless a thread of it is stuck in the kernel.
 */
export const isAlive = ({ pid, started }: Owner, roots: Roots): boolean => {
  const stat = statOf(pid, roots);
  if (stat === null || stat.started !== started) return false;
  return !ENDED.has(stat.state) || stat.threads > 1;
};

/** Looks until the process is gone, but no longer than this; says whether it is. */
export const awaitGone = async (owner: Owner, roots: Roots, withinMs: number): Promise<boolean> => {
  const deadline = performance.now() + withinMs;
  while (isAlive(owner, roots)) {
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
};

const ENDED = new Set(['Z', 'X']);

/** Fields 3, 20 and 22 of /proc/pid/stat: proc(5). */
const statOf = (pid: number, roots: Roots) => {
  try {
    const stat = readFileSync(join(roots.proc, String(pid), 'stat'), 'utf8');
    // The second field is the program's name in brackets, and may have anything in it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state = '', threads = '', started] = [fields[0], fields[17], fields[19]];
    return started === undefined ? null : { state, threads: Number(threads), started };
  } catch {
    return null;
  }
};
