// SPDX-License-Identifier: MIT
import { expectEqual } from '../bench/expect.js';
import { O_RDWR } from '../sys/constants.js';
import { IRQ_SET_SIZE, UIO_MSI_IRQ_SET } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

const badPointer = defineCase({
  id: 'arg.bad-pointer',
  title: 'a pointer to nothing: EFAULT',
  clauses: ['ARG-10'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    // Null, the guard page, an address outside user space, the last bytes there are.
    for (const address of [0n, 8n, 0xffff_8000_0000_0000n, 0xffff_ffff_ffff_fff8n]) {
      expectEqual(
        `UIO_MSI_IRQ_SET with its argument at 0x${address.toString(16)}`,
        file.ioctl(UIO_MSI_IRQ_SET, address),
        'EFAULT',
      );
    }
  },
});

const straddling = defineCase({
  id: 'arg.pointer-across-a-hole',
  title: 'a structure of which the second half is not there: EFAULT',
  clauses: ['ARG-10'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const { sys } = bench;
    const memory = bench.closeLater(sys.open('/dev/zero', O_RDWR));
    const pages = sys.mmap(memory, 2 * sys.pageSize, 0);
    sys.munmap(pages + BigInt(sys.pageSize), sys.pageSize);
    const address = pages + BigInt(sys.pageSize - IRQ_SET_SIZE / 2);
    const outcome = file.ioctl(UIO_MSI_IRQ_SET, address);
    sys.munmap(pages, sys.pageSize);
    expectEqual('UIO_MSI_IRQ_SET with an argument whose fd lies in an unmapped page', outcome, 'EFAULT');
  },
});

export const pointerCases = [badPointer, straddling];
