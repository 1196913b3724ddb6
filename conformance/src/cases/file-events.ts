// SPDX-License-Identifier: MIT
import { takeCount } from '../bench/counter.js';
import { armFresh, expectDelivery, SILENCE_MS } from '../bench/delivery.js';
import { expectEqual, outcomeOf } from '../bench/expect.js';
import { O_NONBLOCK, O_RDWR, POLLIN } from '../sys/constants.js';
import { defineCase } from './define.js';

const quietFile = defineCase({
  id: 'file.no-events',
  title: 'interrupts and triggers are not reported on the file: poll says nothing, read would wait',
  clauses: ['FILE-01'],
  run: (bench) => {
    const opened = bench.sys.open(bench.rig.uio().node, O_RDWR | O_NONBLOCK);
    const file = bench.adopt(opened);
    const counter = armFresh(bench, file, 0);
    file.trigger(0);
    expectEqual('the eventfd', takeCount(bench.sys, counter), 1);
    const [events] = bench.sys.poll([{ fd: file.fd, events: POLLIN }], SILENCE_MS);
    expectEqual('events of the file', events, 0);
    for (const size of [4, 1, 8]) {
      // UIO takes reads of four bytes alone, and looks at the size first.
      const outcome = outcomeOf(() => bench.sys.read(file.fd, size));
      expectEqual(`read of ${size} bytes`, outcome, size === 4 ? 'EAGAIN' : 'EINVAL');
    }
  },
});

const quietInterrupts = defineCase({
  id: 'file.no-interrupts',
  title: 'an interrupt of the device is not reported on the file',
  clauses: ['FILE-01'],
  needs: ['provoker'],
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    expectDelivery(bench, 0, counter);
    const [events] = bench.sys.poll([{ fd: file.fd, events: POLLIN }], SILENCE_MS);
    expectEqual('events of the file', events, 0);
  },
});

export const fileEventCases = [quietFile, quietInterrupts];
