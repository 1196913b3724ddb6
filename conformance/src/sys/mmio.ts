// SPDX-License-Identifier: MIT
import { EnvironmentError } from '../errors.js';
import { MAP_ANONYMOUS, MAP_PRIVATE, PROT_EXEC, PROT_READ, PROT_WRITE } from './constants.js';
import { loadKoffi } from './koffi.js';
import type { LibC } from './libc.js';

/*
 * Device registers want one bus access of exactly the register's width. Neither JavaScript nor
 * an ordinary C call promises that:
 *
 * - A typed array over the mapping is plain memory to the engine. ECMAScript ("Memory Model",
 *   Unordered accesses) lets it split, repeat, merge or drop loads and stores.
 * - `Atomics.store` forbids tearing, but a sequentially consistent store is an `xchg` on x86: a
 *   locked read-modify-write, so the device sees a read that nobody asked for. Registers that
 *   clear when read do not forgive that.
 * - koffi.encode, memcpy, wmemset and their like store through code of which nothing but the
 *   result is specified.
 *
 * So the two instructions that C's readl() and writel() come down to are spelt out and called.
 * They are functions (address) -> value and (address, value) of the C calling convention. The
 * mappings are uncached (pgprot_noncached), so the processor keeps their order by itself.
 */
interface Instructions {
  readonly load: readonly number[];
  readonly store: readonly number[];
}

const INSTRUCTIONS: Readonly<Record<string, Instructions>> = {
  // mov eax, [rdi]; ret   /   mov [rdi], esi; ret
  x64: { load: [0x8b, 0x07, 0xc3], store: [0x89, 0x37, 0xc3] },
  // ldr w0, [x0]; ret   /   str w1, [x0]; ret
  arm64: {
    load: [0x00, 0x00, 0x40, 0xb9, 0xc0, 0x03, 0x5f, 0xd6],
    store: [0x01, 0x00, 0x00, 0xb9, 0xc0, 0x03, 0x5f, 0xd6],
  },
};

const PAGE = 4096;
const STORE_AT = 64;

/** The two accesses to device memory. Addresses must be multiples of four. */
export interface Mmio {
  read32(address: bigint): number;
  write32(address: bigint, value: number): void;
}

/**
 * Puts the two instructions into a page of their own, which is never writable and executable at
 * once.
 * @throws EnvironmentError on an architecture without a row above.
 */
export const createMmio = (libc: LibC, arch: string = process.arch): Mmio => {
  const code = INSTRUCTIONS[arch];
  if (code === undefined) {
    throw new EnvironmentError(
      `Cannot access device registers on ${arch}: its load and store instructions are not known. ` +
        `Known are ${Object.keys(INSTRUCTIONS).join(', ')}; add a row to INSTRUCTIONS.`,
    );
  }
  const koffi = loadKoffi();
  const page = libc.mmap(0n, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  const bytes = new Uint8Array(koffi.view(page, PAGE));
  bytes.set(code.load, 0);
  bytes.set(code.store, STORE_AT);
  libc.mprotect(page, PAGE, PROT_READ | PROT_EXEC);
  // Without names: koffi has one table of names for the process, and refuses a second of the same.
  const load = koffi.decode(page, koffi.proto('uint32_t', ['uintptr_t']));
  const store = koffi.decode(page + BigInt(STORE_AT), koffi.proto('void', ['uintptr_t', 'uint32_t']));
  return {
    read32: (address) => load(aligned(address)),
    write32: (address, value) => store(aligned(address), value >>> 0),
  };
};

const aligned = (address: bigint): bigint => {
  if ((address & 3n) !== 0n)
    throw new RangeError(`0x${address.toString(16)} is not a 32-bit register's address`);
  return address;
};
