// SPDX-License-Identifier: MIT
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseInterrupts } from '../health/interrupts.js';
import { COMMAND_INTX_DISABLE } from '../pci/config-space.js';
import { deviceFolder, readConfigSpace, writeCommand } from '../pci/sysfs.js';
import type { Bench } from './bench.js';
import { Skip } from './verdicts.js';

/** The kernel's number of the line that a bound device has. */
export const lineOf = ({ rig: { roots, bdf } }: Bench): string =>
  readFileSync(join(deviceFolder(roots, bdf), 'irq'), 'utf8').trim();

/** Has the device use its line; a bench for another device of this run on the same one, bound as this is. */
export const neighbourOf = (bench: Bench): Bench => {
  bench.useLine();
  for (const rig of bench.machine.rigs) {
    if (rig.bdf === bench.rig.bdf || rig.interrupts !== 'intx' || rig.model === null) continue;
    rig.bind('raw');
    const other = bench.on(rig);
    if (lineOf(other) === lineOf(bench)) return other;
  }
  throw new Skip('no other device of this run shares its interrupt line');
};

/** How often a line came. */
export const countOf = (bench: Bench, line: string): number => {
  const lines = parseInterrupts(readFileSync(join(bench.rig.roots.proc, 'interrupts'), 'utf8'));
  return lines.find(({ irq }) => irq === line)?.count ?? 0;
};

/** What the kernel noted of interrupts of a line that no handler took for its own: kernel/irq/proc.c. */
export const unclaimedOf = (bench: Bench, line: string): string =>
  readFileSync(join(bench.rig.roots.proc, 'irq', line, 'spurious'), 'utf8')
    .split('\n')
    .filter((text) => /unhandled/.test(text))
    .join(', ');

/** Lets the device drive its line, or not, behind the driver's back. */
export const letDrive = ({ rig: { roots, bdf } }: Bench, may: boolean): void => {
  const { command } = readConfigSpace(roots, bdf);
  writeCommand(roots, bdf, may ? command & ~COMMAND_INTX_DISABLE : command | COMMAND_INTX_DISABLE);
};

/**
 * Keeps the case off the processor that serves a line, until it is over: one that serves a line
 * which stays asserted does nothing else.
 */
export const leaveProcessorOf = (bench: Bench, line: string): void => {
  const { sys, rig } = bench;
  const folder = join(rig.roots.proc, 'irq', line);
  const [file] = ['effective_affinity_list', 'smp_affinity_list']
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path));
  const list = file === undefined ? '' : readFileSync(file, 'utf8').trim();
  if (!/^\d+$/.test(list)) throw new Skip(`it is not known which processor serves irq ${line} (${list})`);
  const processor = Number(list);
  const before = sys.affinity();
  const others = before.map((bits, byte) =>
    byte === processor >>> 3 ? bits & ~(1 << (processor & 7)) : bits,
  );
  if (others.every((bits) => bits === 0)) throw new Skip('the machine has no second processor');
  bench.later(() => sys.setAffinity(before));
  sys.setAffinity(others);
};
