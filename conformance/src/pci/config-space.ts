// SPDX-License-Identifier: MIT
// Offsets and bits from include/uapi/linux/pci_regs.h.
import { type Fields, fieldsOf, findCapability } from './capabilities.js';

const HEADER_SIZE = 64;
const VENDOR = 0x00;
export const COMMAND = 0x04;
/** Bits of the command register: include/uapi/linux/pci_regs.h. */
export const COMMAND_IO = 0x1;
export const COMMAND_MEMORY = 0x2;
export const COMMAND_MASTER = 0x4;
export const COMMAND_INTX_DISABLE = 0x400;
const ALL_ONES = 0xffff;
const STATUS = 0x06;
const STATUS_INTERRUPT = 0x8;
const HEADER_TYPE = 0x0e;
const HEADER_TYPE_MASK = 0x7f;
const INTERRUPT_PIN = 0x3d;
const MSI = { id: 0x05, control: 2, enable: 0x1, capable: { shift: 1, mask: 0x7 } } as const;
const MSIX = { id: 0x11, control: 2, table: 4, pba: 8, barMask: 0x7, enable: 0x8000, size: 0x07ff } as const;

/** How a device interrupts: by messages (MSI-X, MSI) or by a line (INTx). */
export type InterruptType = 'msix' | 'msi' | 'intx';

/** A place in a device's memory. */
export interface Place {
  readonly bar: number;
  readonly offset: number;
}

/** MSI as a device has it: `vectors` is how many it could use, not how many it was granted. */
export interface Msi {
  readonly vectors: number;
  readonly enabled: boolean;
}

/** MSI-X as a device has it. */
export interface Msix extends Msi {
  /** Where the messages of the vectors are. */
  readonly table: Place;
  /** Where a bit for each vector is that is set while its message waits for it to be unmasked. */
  readonly pendingBits: Place;
}

/** INTx as a device has it. */
export interface Intx {
  /** The command register keeps the device from driving its line (DisINTx). */
  readonly disabled: boolean;
  /** The device wants its interrupt served, whether it may drive its line or not. */
  readonly asserted: boolean;
}

/** What the suite reads from a device's configuration space. */
export interface ConfigSpace {
  /**
   * Somebody answers: no vendor has the number that is read where nobody does, PCI Local Bus
   * Specification 3.0, 6.1.
   */
  readonly answers: boolean;
  /** Behind the header too, where capabilities are: the kernel shows that to root alone. */
  readonly whole: boolean;
  /** The command register, whole: what a driver that lets go of the device leaves as it was. */
  readonly command: number;
  /** The device answers to I/O ports. */
  readonly ioDecode: boolean;
  /** The device may master the bus: without it no message leaves the device. */
  readonly busMaster: boolean;
  /** Other devices are behind it: to take it away would take them. */
  readonly isBridge: boolean;
  /** Null for a device without the capability, or when only the header may be read (no root). */
  readonly msix: Msix | null;
  readonly msi: Msi | null;
  /** Null for a device that is wired to no interrupt line. */
  readonly intx: Intx | null;
}

/** Reads the bytes of sysfs' `config`. Pure. */
export const parseConfigSpace = (bytes: Uint8Array): ConfigSpace => {
  const fields = fieldsOf(bytes);
  const command = fields.word(COMMAND);
  return {
    answers: fields.word(VENDOR) !== ALL_ONES,
    whole: bytes.length > HEADER_SIZE,
    command,
    ioDecode: (command & COMMAND_IO) !== 0,
    busMaster: (command & COMMAND_MASTER) !== 0,
    isBridge: (fields.byte(HEADER_TYPE) & HEADER_TYPE_MASK) !== 0,
    msix: readMsix(fields),
    msi: readMsi(fields),
    intx: readIntx(fields),
  };
};

const readMsix = (fields: Fields): Msix | null => {
  const at = findCapability(fields, MSIX.id);
  if (at === null) return null;
  const control = fields.word(at + MSIX.control);
  return {
    vectors: (control & MSIX.size) + 1,
    enabled: (control & MSIX.enable) !== 0,
    table: placeAt(fields, at + MSIX.table),
    pendingBits: placeAt(fields, at + MSIX.pba),
  };
};

/** Offsets are multiples of eight; the bits below name the BAR. */
const placeAt = (fields: Fields, at: number): Place => {
  const place = fields.word(at) | (fields.word(at + 2) << 16);
  return { bar: place & MSIX.barMask, offset: (place & ~MSIX.barMask) >>> 0 };
};

const readMsi = (fields: Fields): Msi | null => {
  const at = findCapability(fields, MSI.id);
  if (at === null) return null;
  const control = fields.word(at + MSI.control);
  const capable = (control >> MSI.capable.shift) & MSI.capable.mask;
  return { vectors: 1 << capable, enabled: (control & MSI.enable) !== 0 };
};

/** Pins are A to D, 1 to 4; a device that is not there answers 255. */
const readIntx = (fields: Fields): Intx | null => {
  const pin = fields.byte(INTERRUPT_PIN);
  if (pin < 1 || pin > 4) return null;
  return {
    disabled: (fields.word(COMMAND) & COMMAND_INTX_DISABLE) !== 0,
    asserted: (fields.word(STATUS) & STATUS_INTERRUPT) !== 0,
  };
};

/** The interrupts that the driver uses of a device, and how many it can have of them: MSI-X, else MSI, else INTx. */
export const interruptsOf = ({
  msix,
  msi,
  intx,
}: ConfigSpace): { readonly interrupts: InterruptType; readonly vectors: number } | null => {
  if (msix !== null) return { interrupts: 'msix', vectors: msix.vectors };
  if (msi !== null) return { interrupts: 'msi', vectors: msi.vectors };
  return intx === null ? null : { interrupts: 'intx', vectors: 1 };
};
