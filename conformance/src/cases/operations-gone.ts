// SPDX-License-Identifier: MIT
import { expectEqual, outcomeOf } from '../bench/expect.js';
import { unsigned32 } from '../uapi/struct.js';
import { CONTROL, GET_INFO, INFO_SIZE, VECTOR_OPERATIONS, type VectorOperation } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

const gone = defineCase({
  id: 'rem.every-operation',
  title: 'every operation fails with ENODEV once the device is gone, write and mmap with EINVAL',
  clauses: ['REM-07'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const counter = bench.counter('the eventfd');
    file.arm(0, counter);
    bench.unbind();
    const info = () => file.ioctl(GET_INFO.request, unsigned32(INFO_SIZE, 0, 0, 0, 0, 0));
    const map = () => outcomeOf(() => bench.sys.mmap(file.fd, bench.sys.pageSize, 0));
    const expectGone = () => {
      expectEqual(GET_INFO.name, info(), 'ENODEV');
      file.expectBlock('ENODEV', 0, [counter.fd]);
      for (const operation of Object.keys(VECTOR_OPERATIONS) as VectorOperation[])
        file.expect('ENODEV', operation, 0);
    };
    expectGone();
    expectEqual('write 1', file.write(CONTROL.unmask), 'EINVAL');
    expectEqual('mmap', map(), 'EINVAL');
    bench.bind();
    expectGone();
  },
});

export const operationsGoneCases = [gone];
