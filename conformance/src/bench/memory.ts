// SPDX-License-Identifier: MIT
import type { Bench } from './bench.js';

/** Places for structures in memory that is there, not there, or not writable, until the case ends. */
export interface Memory {
  /** The address of a copy of the bytes, of which the last `missing` lie where no memory is. */
  atEnd(bytes: Uint8Array, missing?: number): bigint;
  /** The address of a copy of the bytes that nobody can write to. */
  readOnly(bytes: Uint8Array): bigint;
}

/** Two pages of memory and a hole, anew for each structure. */
export const createMemory = (bench: Bench): Memory => {
  const { sys } = bench;
  const length = 2 * sys.pageSize;
  const allocate = () => {
    const pages = sys.allocate(length + sys.pageSize);
    sys.munmap(pages.address + BigInt(length), sys.pageSize);
    bench.later(() => sys.munmap(pages.address, length));
    return pages;
  };
  return {
    atEnd: (bytes, missing = 0) => {
      const { address, bytes: memory } = allocate();
      const there = bytes.subarray(0, bytes.length - missing);
      const at = length - there.length;
      memory.set(there, at);
      return address + BigInt(at);
    },
    readOnly: (bytes) => {
      const { address, bytes: memory } = allocate();
      memory.set(bytes);
      sys.protect(address, length);
      return address;
    },
  };
};
