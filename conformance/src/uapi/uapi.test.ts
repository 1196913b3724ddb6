// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { ioctlNumber } from './ioctl-number.js';
import { irqSet, UIO_MSI_IRQ_SET } from './uio-msi.js';

it('builds the numbers that the C macros build', () => {
  expect(UIO_MSI_IRQ_SET).toBe(0x40084987);
  expect(ioctlNumber('none', 'T', 0x01, 0)).toBe(0x5401); // TCGETS
  expect(ioctlNumber('read', 'T', 0x30, 4)).toBe(0x80045430); // TIOCGPTN
});

it('lays struct uio_msi_irq_set out', () => {
  expect([...irqSet(0x01020304, -2)]).toEqual([4, 3, 2, 1, 0xfe, 0xff, 0xff, 0xff]);
  expect([...irqSet(0xffffffff, 0)]).toEqual([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);
});
