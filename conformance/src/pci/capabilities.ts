// SPDX-License-Identifier: MIT
// Offsets and bits from include/uapi/linux/pci_regs.h.

const STATUS = 0x06;
const STATUS_CAPABILITIES = 0x10;
const FIRST_CAPABILITY = 0x34;
/** A capability takes four bytes at least, and 192 bytes are there for them. */
const MOST_CAPABILITIES = 48;

/** Little-endian fields of a configuration space; 0 behind its end. */
export interface Fields {
  byte(at: number): number;
  word(at: number): number;
}

export const fieldsOf = (bytes: Uint8Array): Fields => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    byte: (at) => (at < view.byteLength ? view.getUint8(at) : 0),
    word: (at) => (at + 2 <= view.byteLength ? view.getUint16(at, true) : 0),
  };
};

/** Where the first capability with this id is; null without one. Short or looping lists end the search. */
export const findCapability = ({ byte, word }: Fields, id: number): number | null => {
  if ((word(STATUS) & STATUS_CAPABILITIES) === 0) return null;
  let at = byte(FIRST_CAPABILITY) & ~3;
  for (let seen = 0; at !== 0 && seen < MOST_CAPABILITIES; seen++) {
    if (byte(at) === id) return at;
    at = byte(at + 1) & ~3;
  }
  return null;
};
