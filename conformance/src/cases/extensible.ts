// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import { takeCount } from '../bench/counter.js';
import { expectEqual, SUCCESS } from '../bench/expect.js';
import { createMemory } from '../bench/memory.js';
import { descriptors, expectTriggered, settle } from '../bench/software.js';
import type { UioFile } from '../bench/uio-file.js';
import { fields, unsigned32, withFields, withTail } from '../uapi/struct.js';
import {
  type Extensible,
  GET_INFO,
  INFO_SIZE,
  irqSetBlock,
  irqVec,
  SET_BLOCK,
  VECTOR_OPERATIONS,
} from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

/** An operation with an argument for which it succeeds while vector 0 is armed. */
interface Call {
  readonly operation: Extensible;
  readonly argument: Uint8Array;
}

const ARGSZ = 0;
const FLAGS = 1;

/** A file with vector 0 armed, and every operation whose structure begins with argsz and flags. */
const prepare = (bench: Bench): { file: UioFile; calls: Call[] } => {
  const file = bench.open();
  const counter = bench.counter('the eventfd');
  file.arm(0, counter);
  const fds = createMemory(bench).atEnd(descriptors([counter]));
  const calls: Call[] = [
    { operation: GET_INFO, argument: unsigned32(INFO_SIZE, 0, 0, 0, 0, 0) },
    { operation: SET_BLOCK, argument: irqSetBlock(0, 1, fds) },
    ...Object.values(VECTOR_OPERATIONS).map((operation) => ({ operation, argument: irqVec(0) })),
  ];
  return { file, calls };
};

/** Tries an argument on a copy, so that it is the same for the next. */
const expectOutcome = (
  file: UioFile,
  { operation }: Call,
  what: string,
  argument: Uint8Array,
  expected: string,
) =>
  expectEqual(
    `${operation.name} ${what}`,
    file.ioctl(operation.request, Uint8Array.from(argument)),
    expected,
  );

const numbers = defineCase({
  id: 'ops.numbers',
  title: 'each operation has its number, and succeeds with a structure of the published size',
  clauses: ['OPS-01'],
  once: true,
  run: (bench) => {
    const { file, calls } = prepare(bench);
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

const badPointer = defineCase({
  id: 'ops.bad-pointer',
  title: 'a structure of which any byte is not there: EFAULT',
  clauses: ['OPS-02'],
  once: true,
  run: (bench) => {
    const { file, calls } = prepare(bench);
    const memory = createMemory(bench);
    for (const { operation, argument } of calls) {
      for (const address of [0n, 8n, 0xffff_8000_0000_0000n, 0xffff_ffff_ffff_fff8n]) {
        const what = `${operation.name} at 0x${address.toString(16)}`;
        expectEqual(what, file.ioctl(operation.request, address), 'EFAULT');
      }
      for (const missing of [argument.length - 4, 4, 1]) {
        const what = `${operation.name} whose last ${missing} bytes are not there`;
        expectEqual(what, file.ioctl(operation.request, memory.atEnd(argument, missing)), 'EFAULT');
      }
      const whole = `${operation.name} that ends where memory ends`;
      expectEqual(whole, file.ioctl(operation.request, memory.atEnd(argument)), SUCCESS);
      const longer = withFields(argument, { [ARGSZ]: argument.length + 8 });
      const beyond = `${operation.name} with an argsz that ends where no memory is`;
      expectEqual(beyond, file.ioctl(operation.request, memory.atEnd(longer)), 'EFAULT');
    }
  },
});

const short = defineCase({
  id: 'ops.short-argsz',
  title: 'an argsz smaller than the structure was when it was published: EINVAL',
  clauses: ['OPS-03'],
  once: true,
  run: (bench) => {
    const { file, calls } = prepare(bench);
    for (const call of calls) {
      for (const argsz of [0, 1, 4, 8, call.operation.size - 4, call.operation.size - 1]) {
        const argument = withFields(call.argument, { [ARGSZ]: argsz });
        expectOutcome(file, call, `with argsz ${argsz}`, argument, 'EINVAL');
      }
    }
  },
});

const larger = defineCase({
  id: 'ops.larger-argsz',
  title: 'a larger structure is taken while what the kernel does not know is zero: else E2BIG',
  clauses: ['OPS-04', 'OPS-05'],
  once: true,
  run: (bench) => {
    const { file, calls } = prepare(bench);
    for (const call of calls) {
      for (const more of [1, 4, 8, bench.sys.pageSize - call.operation.size]) {
        const argument = withTail(
          withFields(call.argument, { [ARGSZ]: call.operation.size + more }),
          new Array(more).fill(0),
        );
        expectOutcome(file, call, `with ${more} more bytes of zero`, argument, SUCCESS);
        for (const at of new Set([0, more - 1])) {
          const dirty = Uint8Array.from(argument);
          dirty[call.operation.size + at] = 1;
          const what = `with ${more} more bytes, of which number ${at} is 1,`;
          expectOutcome(file, call, what, dirty, 'E2BIG');
        }
      }
    }
  },
});

const huge = defineCase({
  id: 'ops.huge-argsz',
  title: 'an argsz larger than a page: E2BIG',
  clauses: ['OPS-06'],
  once: true,
  run: (bench) => {
    const { file, calls } = prepare(bench);
    for (const call of calls) {
      for (const argsz of [bench.sys.pageSize + 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff]) {
        const argument = withTail(withFields(call.argument, { [ARGSZ]: argsz }), new Array(8192).fill(0));
        expectOutcome(file, call, `with argsz ${argsz}`, argument, 'E2BIG');
      }
    }
  },
});

const flags = defineCase({
  id: 'ops.unknown-flags',
  title: 'any flag: EINVAL',
  clauses: ['OPS-07'],
  once: true,
  run: (bench) => {
    const { file, calls } = prepare(bench);
    for (const call of calls) {
      for (let bit = 0; bit < 32; bit++) {
        const argument = withFields(call.argument, { [FLAGS]: 1 << bit });
        expectOutcome(file, call, `with flag ${bit}`, argument, 'EINVAL');
      }
    }
  },
});

const order = defineCase({
  id: 'ops.order-of-checks',
  title: 'of several mistakes the first in the order size, unknown bytes, flags, vector is told',
  clauses: ['OPS-08'],
  once: true,
  run: (bench) => {
    const { file, calls } = prepare(bench);
    const { vectors } = bench.rig;
    for (const call of calls) {
      const { size } = call.operation;
      const [, , third = 0] = fields(call.argument);
      // The third field is the vector, or the first of them; GET_INFO has none.
      const wrong = { [FLAGS]: 1, 2: call.operation === GET_INFO ? third : vectors };
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
  once: true,
  run: (bench) => {
    const { file, calls } = prepare(bench);
    const counter = bench.counter('the eventfd that is set');
    file.arm(0, counter);
    settle(bench, [counter]);
    for (const call of calls) {
      expectOutcome(file, call, 'with a flag', withFields(call.argument, { [FLAGS]: 2 }), 'EINVAL');
      expectOutcome(file, call, 'too short', withFields(call.argument, { [ARGSZ]: 8 }), 'EINVAL');
    }
    expectEqual('num_armed', file.info().armed, 1);
    expectEqual('the eventfd that is set', takeCount(bench.sys, counter), 0);
    expectTriggered(bench, file, 0, counter);
  },
});

export const extensibleCases = [numbers, badPointer, short, larger, huge, flags, order, changesNothing];
