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
 * So the instructions that C's readl(), writel() and their like come down to are spelt out and called.
 * They are functions (address) -> value and (address, value) of the C calling convention. The
 * mappings are uncached (pgprot_noncached), so the processor keeps their order by itself.
 */
interface Instructions {
  readonly load: Readonly<Record<Width, readonly number[]>>;
  readonly store: Readonly<Record<Width, readonly number[]>>;
}

/** Bits of one access to a register. */
export type Width = 8 | 16 | 32;

const WIDTHS: readonly Width[] = [8, 16, 32];

const RET = [0xc0, 0x03, 0x5f, 0xd6]; // arm64

const INSTRUCTIONS: Readonly<Record<string, Instructions>> = {
  x64: {
    // movzx eax, byte [rdi]; movzx eax, word [rdi]; mov eax, [rdi]; each with ret
    load: { 8: [0x0f, 0xb6, 0x07, 0xc3], 16: [0x0f, 0xb7, 0x07, 0xc3], 32: [0x8b, 0x07, 0xc3] },
    // mov [rdi], sil; mov [rdi], si; mov [rdi], esi; each with ret
    store: { 8: [0x40, 0x88, 0x37, 0xc3], 16: [0x66, 0x89, 0x37, 0xc3], 32: [0x89, 0x37, 0xc3] },
  },
  arm64: {
    // ldrb, ldrh, ldr w0, [x0]; each with ret
    load: {
      8: [0x00, 0x00, 0x40, 0x39, ...RET],
      16: [0x00, 0x00, 0x40, 0x79, ...RET],
      32: [0x00, 0x00, 0x40, 0xb9, ...RET],
    },
    // strb, strh, str w1, [x0]; each with ret
    store: {
      8: [0x01, 0x00, 0x00, 0x39, ...RET],
      16: [0x01, 0x00, 0x00, 0x79, ...RET],
      32: [0x01, 0x00, 0x00, 0xb9, ...RET],
    },
  },
};

const PAGE = 4096;
/** Each function has a place of its own in the page. */
const APART = 64;

/** The accesses to device memory, of 32 bits unless said otherwise. Addresses must be multiples of the width. */
export interface Mmio {
  load(address: bigint, width?: Width): number;
  store(address: bigint, value: number, width?: Width): void;
}

/**
 * Puts the instructions into a page of their own, which is never writable and executable at once.
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
  const places = new Map<readonly number[], bigint>();
  for (const each of WIDTHS.flatMap((width) => [code.load[width], code.store[width]])) {
    const at = places.size * APART;
    bytes.set(each, at);
    places.set(each, page + BigInt(at));
  }
  libc.mprotect(page, PAGE, PROT_READ | PROT_EXEC);
  // Without names: koffi has one table of names for the process, and refuses a second of the same.
  const loads = koffi.proto('uint32_t', ['uintptr_t']);
  const stores = koffi.proto('void', ['uintptr_t', 'uint32_t']);
  const functions = <T>(of: Readonly<Record<Width, readonly number[]>>, type: typeof loads) =>
    new Map(WIDTHS.map((width) => [width, koffi.decode(places.get(of[width]) ?? page, type) as T]));
  const load = functions<(address: bigint) => number>(code.load, loads);
  const store = functions<(address: bigint, value: number) => void>(code.store, stores);
  return {
    load: (address, width = 32) => load.get(width)?.(aligned(address, width)) ?? 0,
    store: (address, value, width = 32) => store.get(width)?.(aligned(address, width), value >>> 0),
  };
};

const aligned = (address: bigint, width: Width): bigint => {
  if (address % BigInt(width / 8) !== 0n)
    throw new RangeError(`0x${address.toString(16)} is not the address of a register of ${width} bits`);
  return address;
};
