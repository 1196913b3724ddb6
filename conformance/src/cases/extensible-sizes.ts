// SPDX-License-Identifier: MIT
import { ARGSZ, expectOutcome, prepareCalls } from '../bench/calls.js';
import { expectEqual, SUCCESS } from '../bench/expect.js';
import { createMemory } from '../bench/memory.js';
import { withFields, withTail } from '../uapi/struct.js';
import { defineCase } from './define.js';

const badPointer = defineCase({
  id: 'ops.bad-pointer',
  title: 'a structure of which any byte is not there: EFAULT',
  clauses: ['OPS-02'],
  scope: 'driver',
  run: (bench) => {
    const { file, calls } = prepareCalls(bench);
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
  scope: 'driver',
  run: (bench) => {
    const { file, calls } = prepareCalls(bench);
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
  scope: 'driver',
  run: (bench) => {
    const { file, calls } = prepareCalls(bench);
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
  scope: 'driver',
  run: (bench) => {
    const { file, calls } = prepareCalls(bench);
    for (const call of calls) {
      for (const argsz of [bench.sys.pageSize + 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff]) {
        const argument = withTail(withFields(call.argument, { [ARGSZ]: argsz }), new Array(8192).fill(0));
        expectOutcome(file, call, `with argsz ${argsz}`, argument, 'E2BIG');
      }
    }
  },
});

export const extensibleSizeCases = [badPointer, short, larger, huge];
