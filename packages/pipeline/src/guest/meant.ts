// SPDX-License-Identifier: MIT
import type { Fragment } from '@uio-msi/build';
import { type Arch, DEVICES, type Expected, equipmentOf, type Machine } from '@uio-msi/machine';
import { optionsAmong } from './options.js';

/** What the suite must find and do in a guest: without it, a pass says less than it seems to. */
export interface Meant {
  /** What there is to find of each of the machine's devices. */
  readonly devices: readonly Expected[];
  /** Ids of cases that must pass on one of them at least; the suite skips what it cannot try. */
  readonly cases: readonly string[];
}

// Cases that a kernel of these options is built for.
const CASES: Readonly<Record<string, readonly string[]>> = {
  CONFIG_FAILSLAB: [
    'fault.set',
    'fault.set-block',
    'fault.other-operations',
    'fault.bind-safe',
    'fault.bind-raw',
    'fault.open',
    'fault.close',
    'fault.unbind',
  ],
  CONFIG_DEBUG_KMEMLEAK: ['fault.kmemleak'],
};

/** What fragments say of the options that a kernel watches itself with, and cases of the suite are for. Pure. */
export const watching = (fragments: readonly Fragment[]): ReadonlyMap<string, string> =>
  optionsAmong(Object.keys(CASES), fragments);

/** What is meant to happen in a machine of an architecture, with a kernel of these fragments. Pure. */
export const meantOf = (machine: Machine, arch: Arch, fragments: readonly Fragment[]): Meant => {
  const { devices, cases } = equipmentOf(machine, arch);
  const options = watching(fragments);
  return {
    devices: devices.map((device) => DEVICES[device].expected),
    cases: [
      ...cases,
      ...Object.entries(CASES).flatMap(([option, more]) => (options.get(option) === 'y' ? more : [])),
    ],
  };
};
