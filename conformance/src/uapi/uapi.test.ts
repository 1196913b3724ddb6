// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { ioctlNumber } from './ioctl-number.js';
import { withFields, withTail } from './struct.js';
import {
  GET_INFO,
  irqSet,
  irqSetBlock,
  irqVec,
  parseInfo,
  reusedIrqVec,
  SET_BLOCK,
  UIO_MSI_IRQ_SET,
  VECTOR_OPERATIONS,
} from './uio-msi.js';

it('builds the numbers that the C macros build', () => {
  expect(UIO_MSI_IRQ_SET).toBe(0x40084987);
  const { mask, unmask, trigger } = VECTOR_OPERATIONS;
  const requests = [GET_INFO, SET_BLOCK, mask, unmask, trigger].map(({ request }) => request);
  expect(requests).toEqual([0x4988, 0x4989, 0x498a, 0x498b, 0x498c]);
  expect(ioctlNumber('none', 'T', 0x01, 0)).toBe(0x5401); // TCGETS
  expect(ioctlNumber('read', 'T', 0x30, 4)).toBe(0x80045430); // TIOCGPTN
});

it('lays the structures out', () => {
  expect([...irqSet(0x01020304, -2)]).toEqual([4, 3, 2, 1, 0xfe, 0xff, 0xff, 0xff]);
  expect([...irqSet(0xffffffff, 0)]).toEqual([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);
  expect([...irqVec(3)]).toEqual([12, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0]);
  const block = irqSetBlock(1, 2, 0x7f12_3456_789an);
  expect(block).toHaveLength(SET_BLOCK.size);
  expect([...block.subarray(16)]).toEqual([0x9a, 0x78, 0x56, 0x34, 0x12, 0x7f, 0, 0]);
});

it('fills a structure in again, whatever became of it', () => {
  const bytes = new Uint8Array(16).fill(0xa5);
  const fill = reusedIrqVec({ address: 0x1000n, bytes });
  for (const vec of [3, 0xffff_ffff, 0]) {
    expect(fill(vec)).toBe(0x1000n);
    expect(bytes.subarray(0, 12)).toEqual(irqVec(vec));
    bytes.fill(0xa5);
  }
});

it('reads what GET_INFO wrote', () => {
  const bytes = new Uint8Array(new Uint32Array([24, 1, 2, 66, 3, 0x7e]).buffer);
  expect(parseInfo(bytes)).toEqual({ argsz: 24, flags: 1, type: 2, vectors: 66, armed: 3, operations: 0x7e });
});

it('changes one field, and adds a tail', () => {
  expect([...withFields(irqVec(3), { 0: 13, 1: 0x8000_0000 })]).toEqual([
    13, 0, 0, 0, 0, 0, 0, 0x80, 3, 0, 0, 0,
  ]);
  expect([...withFields(withTail(irqVec(3), [9]), { 2: 4 })].slice(8)).toEqual([4, 0, 0, 0, 9]);
});
