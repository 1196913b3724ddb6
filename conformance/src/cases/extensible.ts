// SPDX-License-Identifier: MIT
import { ARGSZ, expectOutcome, FLAGS, prepareCalls } from '../bench/calls.js';
import { takeCount } from '../bench/counter.js';
import { expectEqual, SUCCESS } from '../bench/expect.js';
import { expectTriggered, settle } from '../bench/software.js';
import { withFields, withTail } from '../uapi/struct.js';
import { GET_INFO } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

const numbers = defineCase({
  id: 'ops.numbers',
  title: 'each operation has its number, and succeeds with a structure of the published size',
  clauses: ['OPS-01'],
  scope: 'driver',
  run: (bench) => {
    const { file, calls } = prepareCalls(bench);
    // Numbers and sizes spelt out, apart from what every other case uses.
    const published = [
      [0x4988, 24],
      [0x4989, 24],
      [0x498a, 12],
      [0x498b, 12],
      [0x498c, 12],
    ] as const;
    for (const [i, [request, size]] of published.entries()) {
      const argument = calls[i]?.argument ?? new Uint8Array();
      expectEqual(`size of the structure of 0x${request.toString(16)}`, argument.length, size);
      expectEqual(`ioctl 0x${request.toString(16)}`, file.ioctl(request, Uint8Array.from(argument)), SUCCESS);
    }
  },
});

const flags = defineCase({
  id: 'ops.unknown-flags',
  title: 'any flag: EINVAL, where flags are looked at',
  clauses: ['OPS-07'],
  scope: 'driver',
  run: (bench) => {
    const { file, calls } = prepareCalls(bench);
    for (const call of calls) {
      for (let bit = 0; bit < 32; bit++) {
        const argument = withFields(call.argument, { [FLAGS]: 1 << bit });
        const expected = call.operation === GET_INFO ? SUCCESS : 'EINVAL';
        expectOutcome(file, call, `with flag ${bit}`, argument, expected);
      }
    }
  },
});

const order = defineCase({
  id: 'ops.order-of-checks',
  title: 'of several mistakes the first in the order size, unknown bytes, flags, vector is told',
  clauses: ['OPS-08'],
  scope: 'driver',
  run: (bench) => {
    const { file, calls } = prepareCalls(bench);
    const { vectors } = bench.rig;
    for (const call of calls.filter(({ operation }) => operation !== GET_INFO)) {
      const { size } = call.operation;
      // The third field is the vector, or the first of them.
      const wrong = { [FLAGS]: 1, 2: vectors };
      const tail = [1, 0, 0, 0];
      const make = (argsz: number, values: Readonly<Record<number, number>>) =>
        withTail(withFields(call.argument, { [ARGSZ]: argsz, ...values }), tail);
      expectOutcome(file, call, 'too small, with flags', make(size - 1, wrong), 'EINVAL');
      expectOutcome(file, call, 'too large, with flags', make(size + 4, wrong), 'E2BIG');
      expectOutcome(file, call, 'with flags and a vector out of range', make(size, wrong), 'EINVAL');
    }
  },
});

const changesNothing = defineCase({
  id: 'ops.refused-changes-nothing',
  title: 'a refused operation masks, unmasks, triggers, arms and disarms nothing',
  clauses: ['OPS-09'],
  scope: 'driver',
  run: (bench) => {
    const { file, calls } = prepareCalls(bench);
    const counter = bench.counter('the eventfd that is set');
    file.arm(0, counter);
    settle(bench, [counter]);
    for (const call of calls) {
      if (call.operation !== GET_INFO)
        expectOutcome(file, call, 'with a flag', withFields(call.argument, { [FLAGS]: 2 }), 'EINVAL');
      expectOutcome(file, call, 'too short', withFields(call.argument, { [ARGSZ]: 8 }), 'EINVAL');
    }
    expectEqual('num_armed', file.info().armed, 1);
    expectEqual('the eventfd that is set', takeCount(bench.sys, counter), 0);
    expectTriggered(bench, file, 0, counter);
  },
});

export const extensibleCases = [numbers, flags, order, changesNothing];
