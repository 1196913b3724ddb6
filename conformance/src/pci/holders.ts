// SPDX-License-Identifier: MIT
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Roots } from './sysfs.js';

/** What process has a file open, or mapped, which keeps it open as well. */
export interface Holder {
  readonly pid: number;
  /** Name of its program, as ps shows it. */
  readonly program: string;
}

/** Every process that holds one of the files. Root sees them all; others their own. */
export const holdersOf = (roots: Roots, nodes: readonly string[]): Holder[] =>
  nodes.length === 0
    ? []
    : entries(roots.proc)
        .filter((name) => /^\d+$/.test(name) && holds(join(roots.proc, name), nodes))
        .map((name) => ({ pid: Number(name), program: text(join(roots.proc, name, 'comm')).trim() }));

const holds = (process: string, nodes: readonly string[]): boolean => {
  const files = join(process, 'fd');
  return (
    entries(files).some((fd) => nodes.includes(target(join(files, fd)))) ||
    text(join(process, 'maps'))
      .split('\n')
      .some((line) => nodes.includes(line.slice(line.indexOf('/'))))
  );
};

/** A process may end, or a file be closed, while it is looked at: then it holds nothing. */
const orNothing = <T>(read: () => T, nothing: T): T => {
  try {
    return read();
  } catch {
    return nothing;
  }
};

const entries = (folder: string): string[] => orNothing(() => readdirSync(folder), []);
const text = (file: string): string => orNothing(() => readFileSync(file, 'utf8'), '');
const target = (link: string): string => orNothing(() => readlinkSync(link), '');
