// SPDX-License-Identifier: MIT
// include/uapi/linux/uio_msi.h
import { ioctlNumber } from './ioctl-number.js';

/** `sizeof(struct uio_msi_irq_set)`: `__u32 vec; __s32 fd`. */
export const IRQ_SET_SIZE = 8;

/** `_IOW('I', 0x87, struct uio_msi_irq_set)`. */
export const UIO_MSI_IRQ_SET = ioctlNumber('write', 'I', 0x87, IRQ_SET_SIZE);

/** The `fd` that disarms a vector. */
export const DISARM = -1;

/** Name of the kernel module, of the PCI driver, and of the UIO device. */
export const DRIVER = 'uio_msi';

/** A `struct uio_msi_irq_set`. */
export const irqSet = (vec: number, fd: number): Uint8Array => {
  const bytes = new DataView(new ArrayBuffer(IRQ_SET_SIZE));
  const littleEndian = true;
  bytes.setUint32(0, vec, littleEndian);
  bytes.setInt32(4, fd, littleEndian);
  return new Uint8Array(bytes.buffer);
};
