// SPDX-License-Identifier: MIT
import { CannotProvoke, type DeviceModel, type Provoker } from '../devices/device.js';
import type { Place } from '../pci/config-space.js';
import type { MappedRegisters } from './bars.js';
import { Skip } from './verdicts.js';

/** The device itself, as seen through its registers while a file is open. */
export interface Hardware {
  /**
   * Whether a message of the vector waits in the device. It does when the vector was raised while
   * masked, and goes out when the vector is armed: PCI Local Bus Specification 3.0, 6.8.3.5.
   * Null when the device has no such bit, or nobody can see it.
   */
  isPending(vector: number): boolean | null;
  /** Has the device raise a vector once. Throws Skip when nobody knows how. */
  raise(vector: number): void;
  /** Tells the device that the vector was seen. */
  acknowledge(vector: number): void;
  /** Unmaps it for now: a mapping keeps a file open. */
  unmap(): void;
  /** Silences the device, unless it shall go on, and unmaps it. */
  release(goOn?: 'go on'): void;
}

/** The hardware of a device, made ready to raise these vectors. */
export const createHardware = (
  registers: MappedRegisters,
  model: DeviceModel | null,
  pendingBits: Place | null,
  vectors: readonly number[],
): Hardware => {
  const provoker = setUp(model, registers, vectors);
  const known = (): Provoker => {
    if (provoker instanceof CannotProvoke) throw new Skip(provoker.message);
    return provoker;
  };
  return {
    isPending: (vector) => {
      if (pendingBits === null) return null;
      const { bar } = pendingBits;
      const offset = pendingBits.offset + 4 * (vector >>> 5);
      if (!registers.isVisible(bar, offset)) return null;
      const word = registers.read(bar, offset);
      return ((word >>> (vector & 31)) & 1) !== 0;
    },
    raise: (vector) => skipping(() => known().raise(vector)),
    acknowledge: (vector) => known().acknowledge(vector),
    unmap: () => registers.release(),
    release: (goOn) => {
      if (goOn === undefined && !(provoker instanceof CannotProvoke)) provoker.quiesce();
      registers.release();
    },
  };
};

const setUp = (
  model: DeviceModel | null,
  registers: MappedRegisters,
  vectors: readonly number[],
): Provoker | CannotProvoke => {
  if (model === null) return new CannotProvoke('the suite knows no way to make this device raise a vector');
  const provoker = model.provoker(registers);
  try {
    provoker.setUp(vectors);
    return provoker;
  } catch (error) {
    if (error instanceof CannotProvoke) return error;
    throw error;
  }
};

/** What the provoker cannot do is no fault of the driver's. */
const skipping = (act: () => void): void => {
  try {
    act();
  } catch (error) {
    throw error instanceof CannotProvoke ? new Skip(error.message) : error;
  }
};
