// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { leakedByUio, parseKmemleak } from './kmemleak.js';

const REPORT = `unreferenced object 0xffff888006d0a2c0 (size 64):
  comm "node", pid 75, jiffies 4294679210
  hex dump (first 32 bytes):
    00 80 e6 05 80 88 ff ff 00 00 00 00 00 00 00 00  ................
  backtrace (crc 5b7b8d6):
    __kmalloc_cache_noprof+0x1c0/0x290
    uio_msi_set+0x147/0x6d0 [uio_msi]
    uio_ioctl+0x5c/0x90 [uio]
unreferenced object 0xffff888006d0a300 (size 16):
  comm "swapper/0", pid 1, jiffies 4294667300
  backtrace (crc 0):
    [<00000000a8a7b1a2>] kstrdup+0x36/0x70
    acpi_device_add+0x10/0x20
`;

it('reads size, process and backtrace of each object', () => {
  expect(parseKmemleak(REPORT)).toEqual([
    {
      what: 'size 64, allocated by node',
      backtrace: [
        '__kmalloc_cache_noprof+0x1c0/0x290',
        'uio_msi_set+0x147/0x6d0 [uio_msi]',
        'uio_ioctl+0x5c/0x90 [uio]',
      ],
    },
    {
      what: 'size 16, allocated by swapper/0',
      backtrace: ['kstrdup+0x36/0x70', 'acpi_device_add+0x10/0x20'],
    },
  ]);
  expect(parseKmemleak('')).toEqual([]);
});

it('tells what UIO allocated from the rest, in a module or not', () => {
  expect(leakedByUio(parseKmemleak(REPORT)).map(({ what }) => what)).toEqual(['size 64, allocated by node']);
  expect(
    leakedByUio([{ what: '', backtrace: ['kmalloc+0x1', '__uio_register_device+0x3/0x9'] }]),
  ).toHaveLength(1);
});
