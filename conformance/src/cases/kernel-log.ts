// SPDX-License-Identifier: MIT
import { SILENCE_MS } from '../bench/delivery.js';
import { expectEqual } from '../bench/expect.js';
import { openKernelLog } from '../health/kernel-log.js';
import { irqSetBlock, SET_BLOCK, UIO_MSI_IRQ_SET } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

const NO_DESCRIPTOR = -2;
const NO_OPERATION = UIO_MSI_IRQ_SET + 0x40;

const quiet = defineCase({
  id: 'log.refused-calls',
  title: 'calls that fail leave nothing in the kernel log, however often they are made',
  clauses: ['KRN-02'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const { fd } = bench.counter('the eventfd');
    const { vectors } = bench.rig;
    const log = openKernelLog(bench.sys);
    bench.later(() => log.close());
    const calls: Readonly<Record<string, readonly [string, () => unknown]>> = {
      'a vector out of range': ['ERANGE', () => file.set(vectors, fd)],
      'a bad descriptor': ['EBADF', () => file.set(0, NO_DESCRIPTOR)],
      'an unknown operation': ['ENOTTY', () => file.ioctl(NO_OPERATION, 0n)],
      'a bad pointer': ['EFAULT', () => file.ioctl(UIO_MSI_IRQ_SET, 0n)],
      'a block out of range': [
        'ERANGE',
        () => file.ioctl(SET_BLOCK.request, irqSetBlock(0, vectors + 1, 0n)),
      ],
      'a mask of a vector that is not armed': ['ENOENT', () => file.attempt('mask', 0)],
      'a write of 2': ['EINVAL', () => file.write(2)],
      'a second open': ['EBUSY', () => bench.tryOpen()],
    };
    for (const [what, [errno, call]] of Object.entries(calls)) {
      for (let time = 0; time < 3; time++) expectEqual(what, call(), errno);
      bench.sys.poll([], SILENCE_MS);
      const lines = log.take().filter((line) => line.includes(bench.rig.bdf) || line.includes('uio'));
      expectEqual(`lines in the kernel log after ${what}`, lines.join('; ') || 'none', 'none');
    }
  },
});

export const kernelLogCases = [quiet];
