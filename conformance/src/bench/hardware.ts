// SPDX-License-Identifier: MIT
import type { DeviceModel, Provoker } from '../devices/device.js';
import type { PendingBits } from '../pci/config-space.js';
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
  /** Silences the device and unmaps it. */
  release(): void;
}

export const createHardware = (
  registers: MappedRegisters,
  model: DeviceModel | null,
  pendingBits: PendingBits | null,
): Hardware => {
  let provoker: Provoker | null = null;
  const setUp = (): Provoker => {
    if (model === null) throw new Skip('the suite knows no way to make this device raise a vector');
    const made = model.provoker(registers);
    made.setUp([]);
    return made;
  };
  return {
    isPending: (vector) => {
      if (pendingBits === null) return null;
      const { bar } = pendingBits;
      const offset = pendingBits.offset + 4 * (vector >>> 5);
      if (!registers.isVisible(bar, offset)) return null;
      const word = registers.read32(bar, offset);
      return ((word >>> (vector & 31)) & 1) !== 0;
    },
    raise: (vector) => {
      provoker ??= setUp();
      provoker.acknowledge(vector);
      provoker.raise(vector);
    },
    release: () => {
      provoker?.quiesce();
      registers.release();
    },
  };
};
