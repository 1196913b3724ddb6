// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';

/** An emulated device that the suite can make raise its vectors. */
export interface Device {
  /** QEMU's `-device` value. */
  readonly argument: string;
  /** How many MSI-X vectors it has. */
  readonly vectors: number;
}

/**
 * The devices, by name. A rocker has four vectors and two for each port (hw/net/rocker); its
 * ports and e1000e's queue stay without a network behind them. Option ROMs are left out.
 */
export const DEVICES = {
  rocker66: { argument: 'rocker,name=rocker66,len-ports=31', vectors: 66 },
  rocker4: { argument: 'rocker,name=rocker4', vectors: 4 },
  e1000e: { argument: 'e1000e,romfile=', vectors: 5 },
} as const satisfies Record<string, Device>;

/** A machine: which devices its guest finds on the root bus, where it can unbind and rescan them. */
export interface Machine {
  readonly name: string;
  readonly devices: readonly (keyof typeof DEVICES)[];
}

const MACHINES: Readonly<Record<string, Machine>> = {
  msix: { name: 'msix', devices: ['rocker66', 'rocker4', 'e1000e'] },
};

/**
 * A machine by name.
 *
 * @throws {UserError} `unknown-machine`
 */
export const findMachine = (name: string): Machine => {
  const machine = Object.hasOwn(MACHINES, name) ? MACHINES[name] : undefined;
  if (machine !== undefined) return machine;
  throw new UserError({
    code: 'unknown-machine',
    message: `${name}: no such machine`,
    next: `choose one of: ${Object.keys(MACHINES).join(', ')}`,
  });
};
