// SPDX-License-Identifier: MIT
import { takeCount } from '../bench/counter.js';
import {
  armAll,
  armFresh,
  expectDelivery,
  expectQuiet,
  expectSilence,
  SILENCE_MS,
} from '../bench/delivery.js';
import { expectEqual, outcomeOf, SUCCESS } from '../bench/expect.js';
import { expectTriggered } from '../bench/software.js';
import { CONTROL } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

const all = defineCase({
  id: 'control.mask-all',
  title: 'writing 0 masks every armed vector, writing 1 unmasks them all',
  clauses: ['CTRL-01', 'CTRL-02'],
  needs: ['provoker', 'messages'],
  run: (bench) => {
    const file = bench.open();
    const counters = armAll(bench, file);
    const each = [...counters.entries()];
    const few = new Map([...each.slice(0, 2), ...each.slice(-2)]);
    expectEqual('write 0', file.write(CONTROL.mask), SUCCESS);
    for (const [vector] of few) bench.raise(vector);
    expectQuiet(bench, counters, 'Vectors were masked by a write and raised');
    expectEqual('write 1', file.write(CONTROL.unmask), SUCCESS);
    bench.sys.poll([], SILENCE_MS);
    for (const [, counter] of few)
      expectEqual(`${counter.label} after write 1`, takeCount(bench.sys, counter), 1);
    expectQuiet(bench, counters, 'The others were not raised');
    for (const [vector, counter] of few) expectDelivery(bench, vector, counter, counters);
  },
});

const single = defineCase({
  id: 'control.with-masked-vector',
  title:
    'writing 1 unmasks a vector that was masked alone, and one that was masked by writing 0 can be unmasked alone',
  clauses: ['CTRL-01', 'CTRL-02'],
  needs: ['provoker', 'messages'],
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    file.mask(0);
    expectEqual('write 1', file.write(CONTROL.unmask), SUCCESS);
    expectDelivery(bench, 0, counter);
    expectEqual('write 0', file.write(CONTROL.mask), SUCCESS);
    file.unmask(0);
    expectDelivery(bench, 0, counter);
  },
});

const later = defineCase({
  id: 'control.armed-later',
  title: 'a vector that is armed after writing 0 is not masked',
  clauses: ['CTRL-03'],
  needs: ['provoker', 'messages'],
  run: (bench) => {
    const file = bench.open();
    expectEqual('write 0 with nothing armed', file.write(CONTROL.mask), SUCCESS);
    expectDelivery(bench, 0, armFresh(bench, file, 0));
  },
});

const disarmed = defineCase({
  id: 'control.disarmed',
  title: 'writing 1 unmasks no vector that was disarmed',
  clauses: ['CTRL-02', 'IRQ-07'],
  needs: ['provoker', 'messages'],
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    file.disarm(0);
    expectEqual('write 1', file.write(CONTROL.unmask), SUCCESS);
    expectSilence(bench, 0, [counter], 'which was disarmed before the write');
    expectEqual('num_armed', file.info().armed, 0);
    expectDelivery(bench, 0, armFresh(bench, file, 0));
  },
});

const otherValues = defineCase({
  id: 'control.other-values',
  title: 'writing another value, or not four bytes: EINVAL',
  clauses: ['CTRL-04', 'CTRL-05'],
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    for (const value of [2, 3, -1, 0x100, 0x7fff_ffff, -0x8000_0000])
      expectEqual(`write ${value}`, file.write(value), 'EINVAL');
    for (const size of [0, 1, 2, 3, 5, 8, 12]) {
      const outcome = outcomeOf(() => bench.sys.write(file.fd, new Uint8Array(size)));
      // A write of nothing need not reach the driver.
      if (size > 0) expectEqual(`write of ${size} bytes`, outcome, 'EINVAL');
    }
    expectTriggered(bench, file, 0, counter);
    expectEqual('write 0 with nothing wrong', file.write(CONTROL.mask), SUCCESS);
    expectEqual('write 1', file.write(CONTROL.unmask), SUCCESS);
  },
});

export const controlCases = [all, single, later, disarmed, otherValues];
