// SPDX-License-Identifier: MIT
import type { Registers } from '../devices/device.js';
import type { Bdf } from '../pci/address.js';
import { type Roots, readBars } from '../pci/sysfs.js';
import type { Sys } from '../sys/sys.js';

/** Registers that are reached in the same way through either driver, so that only the drivers differ. */
export interface PlainRegisters extends Registers {
  release(): void;
}

/**
 * Registers of whole BARs, mapped when first touched.
 *
 * @param offsetOf where in the file `fd` a BAR begins
 */
export const plainRegisters = (
  { sys, roots, bdf }: { readonly sys: Sys; readonly roots: Roots; readonly bdf: Bdf },
  fd: number,
  offsetOf: (bar: number) => number,
): PlainRegisters => {
  const bars = readBars(roots, bdf);
  const mapped = new Map<number, { readonly address: bigint; readonly length: number }>();
  const register = (bar: number, offset: number): bigint => {
    let mapping = mapped.get(bar);
    if (mapping === undefined) {
      const length = Math.max(bars[bar]?.size ?? 0, sys.pageSize);
      mapping = { address: sys.mmap(fd, length, offsetOf(bar)), length };
      mapped.set(bar, mapping);
    }
    return mapping.address + BigInt(offset);
  };
  return {
    read: (bar, offset, width) => sys.load(register(bar, offset), width),
    write: (bar, offset, value, width) => sys.store(register(bar, offset), value, width),
    addressOf: (bar) => bars[bar]?.start ?? 0n,
    release: () => {
      for (const { address, length } of mapped.values()) sys.munmap(address, length);
      mapped.clear();
    },
  };
};
