// SPDX-License-Identifier: MIT
// include/uapi/linux/uio_msi.h
import type { Pages } from '../sys/sys.js';
import { ioctlNumber } from './ioctl-number.js';
import { fields, unsigned32 } from './struct.js';

/** Name of the kernel module, of the PCI driver, and of the UIO device. */
export const DRIVER = 'uio_msi';

/** First number of the range that the driver's operations are counted from. */
const UIO_MSI_BASE = 0x86;

const operation = (n: number): number => ioctlNumber('none', 'I', UIO_MSI_BASE + n, 0);

/** `sizeof(struct uio_msi_irq_set)`: `__u32 vec; __s32 fd`. */
export const IRQ_SET_SIZE = 8;

export const UIO_MSI_IRQ_SET = ioctlNumber('write', 'I', UIO_MSI_BASE + 1, IRQ_SET_SIZE);
export const UIO_MSI_GET_INFO = operation(2);
export const UIO_MSI_IRQ_SET_BLOCK = operation(3);
export const UIO_MSI_IRQ_MASK = operation(4);
export const UIO_MSI_IRQ_UNMASK = operation(5);
export const UIO_MSI_IRQ_TRIGGER = operation(6);

/** The operations of the uapi that the suite speaks, as results name it. */
export const UAPI = [
  UIO_MSI_IRQ_SET,
  UIO_MSI_GET_INFO,
  UIO_MSI_IRQ_SET_BLOCK,
  UIO_MSI_IRQ_MASK,
  UIO_MSI_IRQ_UNMASK,
  UIO_MSI_IRQ_TRIGGER,
]
  .map((request) => `0x${request.toString(16)}`)
  .join(' ');

/** The `fd` that disarms a vector. */
export const DISARM = -1;

/** A `struct uio_msi_irq_set`. */
export const irqSet = (vec: number, fd: number): Uint8Array => unsigned32(vec, fd);

/** How a device sends its interrupts: `UIO_MSI_TYPE_*`. */
export const TYPES = { msix: 1, msi: 2, intx: 3 } as const;

/** `UIO_MSI_INFO_RAW`: the device's BARs can be mapped. */
export const INFO_RAW = 1;

/** Bit n for each operation that the complete driver has: numbers 1 to 6. */
export const ALL_OPERATIONS = 0x7e;

/** `sizeof(struct uio_msi_info)`. */
export const INFO_SIZE = 24;

/** What UIO_MSI_GET_INFO tells. */
export interface Info {
  /** The size of the structure as the caller gave it. */
  readonly argsz: number;
  readonly flags: number;
  readonly type: number;
  readonly vectors: number;
  readonly armed: number;
  readonly operations: number;
}

/** Reads a `struct uio_msi_info`. */
export const parseInfo = (bytes: Uint8Array): Info => {
  const [argsz = 0, flags = 0, type = 0, vectors = 0, armed = 0, operations = 0] = fields(bytes);
  return { argsz, flags, type, vectors, armed, operations };
};

/** A structure that begins with `argsz` and `flags`, and what the operation does with them. */
export interface Extensible {
  readonly name: string;
  readonly request: number;
  /** Size of the structure when it was first published. */
  readonly size: number;
}

/** `UIO_MSI_GET_INFO`: writes `struct uio_msi_info`; of what it is given it reads `argsz` alone. */
export const GET_INFO: Extensible = { name: 'UIO_MSI_GET_INFO', request: UIO_MSI_GET_INFO, size: INFO_SIZE };

/** `UIO_MSI_IRQ_SET_BLOCK`: `struct uio_msi_irq_set_block`, with a pointer to `__s32[count]`. */
export const SET_BLOCK: Extensible = {
  name: 'UIO_MSI_IRQ_SET_BLOCK',
  request: UIO_MSI_IRQ_SET_BLOCK,
  size: 24,
};

/** A `struct uio_msi_irq_set_block`. `fds` is the address of the descriptors. */
export const irqSetBlock = (start: number, count: number, fds: bigint): Uint8Array =>
  unsigned32(SET_BLOCK.size, 0, start, count, Number(fds & 0xffff_ffffn), Number(fds >> 32n));

const IRQ_VEC_SIZE = 12;

/** The operations on one vector, all with a `struct uio_msi_irq_vec`. */
export const VECTOR_OPERATIONS = {
  mask: { name: 'UIO_MSI_IRQ_MASK', request: UIO_MSI_IRQ_MASK, size: IRQ_VEC_SIZE },
  unmask: { name: 'UIO_MSI_IRQ_UNMASK', request: UIO_MSI_IRQ_UNMASK, size: IRQ_VEC_SIZE },
  trigger: { name: 'UIO_MSI_IRQ_TRIGGER', request: UIO_MSI_IRQ_TRIGGER, size: IRQ_VEC_SIZE },
} as const satisfies Readonly<Record<string, Extensible>>;

export type VectorOperation = keyof typeof VECTOR_OPERATIONS;

/** A `struct uio_msi_irq_vec`. */
export const irqVec = (vec: number): Uint8Array => unsigned32(IRQ_VEC_SIZE, 0, vec);

/**
 * One `struct uio_msi_irq_vec` in memory that has an address, which is filled in again for each call:
 * to make one takes longer than the call does, and so does to tell where it is.
 *
 * @returns what fills it in, and gives its address
 */
export const reusedIrqVec = ({ address, bytes }: Pages): ((vec: number) => bigint) => {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, IRQ_VEC_SIZE / 4);
  return (vec) => {
    words[0] = IRQ_VEC_SIZE;
    words[1] = 0;
    words[2] = vec;
    return address;
  };
};

/** What an `int32_t` written to the file does to all armed vectors. */
export const CONTROL = { mask: 0, unmask: 1 } as const;
