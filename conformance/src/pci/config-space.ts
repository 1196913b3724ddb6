// SPDX-License-Identifier: MIT
// Offsets and bits from include/uapi/linux/pci_regs.h.

const COMMAND = 0x04;
const COMMAND_MASTER = 0x4;
const STATUS = 0x06;
const STATUS_CAPABILITIES = 0x10;
const HEADER_TYPE = 0x0e;
const HEADER_TYPE_MASK = 0x7f;
const FIRST_CAPABILITY = 0x34;
const CAPABILITY_MSIX = 0x11;
const MSIX_CONTROL = 2;
const MSIX_PBA = 8;
const MSIX_PBA_BAR = 0x7;
const MSIX_CONTROL_ENABLE = 0x8000;
const MSIX_CONTROL_SIZE = 0x07ff;
/** A capability takes four bytes at least, and 192 bytes are there for them. */
const MOST_CAPABILITIES = 48;

/** Where a device keeps a bit for each vector whose message waits for the vector to be unmasked. */
export interface PendingBits {
  readonly bar: number;
  readonly offset: number;
}

/** MSI-X as a device has it. */
export interface Msix {
  readonly vectors: number;
  readonly enabled: boolean;
  readonly pendingBits: PendingBits;
}

/** What the suite reads from a device's configuration space. */
export interface ConfigSpace {
  /** The device may master the bus: without it no MSI-X message leaves the device. */
  readonly busMaster: boolean;
  /** Other devices are behind it: to take it away would take them. */
  readonly isBridge: boolean;
  /** Null for a device without the MSI-X capability, or when only the header may be read (no root). */
  readonly msix: Msix | null;
}

/** Reads the bytes of sysfs' `config`. Pure; short or looping capability lists end the search. */
export const parseConfigSpace = (bytes: Uint8Array): ConfigSpace => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number) => (at + 2 <= view.byteLength ? view.getUint16(at, true) : 0);
  const byte = (at: number) => (at < view.byteLength ? view.getUint8(at) : 0);
  const findMsix = (): number | null => {
    if ((word(STATUS) & STATUS_CAPABILITIES) === 0) return null;
    let at = byte(FIRST_CAPABILITY) & ~3;
    for (let seen = 0; at !== 0 && seen < MOST_CAPABILITIES; seen++) {
      if (byte(at) === CAPABILITY_MSIX) return at;
      at = byte(at + 1) & ~3;
    }
    return null;
  };
  const readMsix = (at: number): Msix => {
    const control = word(at + MSIX_CONTROL);
    const pba = word(at + MSIX_PBA) | (word(at + MSIX_PBA + 2) << 16);
    return {
      vectors: (control & MSIX_CONTROL_SIZE) + 1,
      enabled: (control & MSIX_CONTROL_ENABLE) !== 0,
      pendingBits: { bar: pba & MSIX_PBA_BAR, offset: (pba & ~MSIX_PBA_BAR) >>> 0 },
    };
  };
  const msix = findMsix();
  return {
    busMaster: (word(COMMAND) & COMMAND_MASTER) !== 0,
    isBridge: (byte(HEADER_TYPE) & HEADER_TYPE_MASK) !== 0,
    msix: msix === null ? null : readMsix(msix),
  };
};
