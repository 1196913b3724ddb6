// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { interruptsOf, parseConfigSpace } from './config-space.js';

/** 256 bytes with some of them set, words little-endian. */
const space = (words: Readonly<Record<number, number>>): Uint8Array => {
  const view = new DataView(new ArrayBuffer(256));
  for (const [at, value] of Object.entries(words)) view.setUint16(Number(at), value, true);
  return new Uint8Array(view.buffer);
};

const LIST = { 6: 0x10, 52: 0x40 };
/**
 * A power management capability at 0x40, MSI-X at 0x50: 66 vectors, enabled, its table in
 * BAR 2 at 0x800, its pending bits in BAR 1 at 0x1000.
 */
const MSIX = { ...LIST, 64: 0x5001, 80: 0x0011, 82: 0x8000 | 65, 84: 0x0802, 88: 0x1001 };

describe('parseConfigSpace', () => {
  it('finds MSI-X behind another capability', () => {
    expect(parseConfigSpace(space(MSIX)).msix).toEqual({
      vectors: 66,
      enabled: true,
      table: { bar: 2, offset: 0x800 },
      pendingBits: { bar: 1, offset: 0x1000 },
    });
  });

  it('reads the enable bits', () => {
    expect(parseConfigSpace(space({ ...MSIX, 4: 0x0006 })).busMaster).toBe(true);
    expect(parseConfigSpace(space({ ...MSIX, 4: 0x0002 })).busMaster).toBe(false);
    expect(parseConfigSpace(space({ ...MSIX, 82: 65 })).msix?.enabled).toBe(false);
  });

  it('has no MSI-X without a list, with a list that loops, or with the header alone', () => {
    expect(parseConfigSpace(space({ ...MSIX, 6: 0 })).msix).toBeNull();
    expect(parseConfigSpace(space({ ...LIST, 64: 0x4001 })).msix).toBeNull();
    expect(parseConfigSpace(space(MSIX).subarray(0, 64)).msix).toBeNull();
  });

  it('knows how a device interrupts: MSI-X, else MSI, else its line', () => {
    // MSI at 0x40: 4 vectors, enabled.
    const msi = { ...LIST, 64: 0x0005, 66: 0x0005 };
    const line = { 60: 0x0100 };
    const interruptsIn = (words: Readonly<Record<number, number>>) =>
      interruptsOf(parseConfigSpace(space(words)));
    expect(interruptsIn({ ...MSIX, ...line })).toEqual({ interrupts: 'msix', vectors: 66 });
    expect(interruptsIn({ ...msi, ...line })).toEqual({ interrupts: 'msi', vectors: 4 });
    expect(interruptsIn(line)).toEqual({ interrupts: 'intx', vectors: 1 });
    expect(interruptsIn({ ...LIST })).toBeNull();
    expect(parseConfigSpace(space(msi)).msi?.enabled).toBe(true);
  });

  it('reads the interrupt line: wanted and kept back are two things', () => {
    const intxIn = (command: number, status: number) =>
      parseConfigSpace(space({ 4: command, 6: status, 60: 0x0200 })).intx;
    expect(intxIn(0, 8)).toEqual({ disabled: false, asserted: true });
    expect(intxIn(0x400, 0)).toEqual({ disabled: true, asserted: false });
  });

  it('believes nothing of a device that answers all ones', () => {
    const gone = parseConfigSpace(new Uint8Array(256).fill(0xff));
    expect(gone.answers).toBe(false);
    expect(interruptsOf(gone)).toBeNull();
  });
});
