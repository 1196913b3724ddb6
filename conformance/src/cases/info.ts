// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import { expectEqual, SUCCESS } from '../bench/expect.js';
import { createMemory } from '../bench/memory.js';
import type { Mode } from '../bench/mode.js';
import { makeCounters } from '../bench/software.js';
import { fields, unsigned32, withTail } from '../uapi/struct.js';
import { ALL_OPERATIONS, DISARM, GET_INFO, INFO_RAW, INFO_SIZE, TYPES } from '../uapi/uio-msi.js';
import { type Case, defineCase } from './define.js';

const identity = defineCase({
  id: 'info.identity',
  scope: 'device',
  title: 'the size, the type, the number of vectors and the operations are those of device and driver',
  clauses: ['INFO-01', 'INFO-03', 'INFO-04', 'INFO-06'],
  run: (bench) => {
    const info = bench.open().info();
    expectEqual('argsz', info.argsz, INFO_SIZE);
    expectEqual('type', info.type, TYPES[bench.rig.interrupts]);
    expectEqual('num_vectors', info.vectors, bench.rig.vectors);
    expectEqual('ops', info.operations, ALL_OPERATIONS);
  },
});

const mode = (wanted: Mode, flags: number): Case =>
  defineCase({
    id: `info.${wanted}`,
    title: `the flags tell ${wanted} mode`,
    clauses: ['INFO-02'],
    mode: wanted,
    run: (bench) => expectEqual('flags', bench.open().info().flags, flags),
  });

const armed = defineCase({
  id: 'info.armed',
  scope: 'device',
  title: 'the number of armed vectors follows every way to arm and disarm',
  clauses: ['INFO-05'],
  run: (bench) => {
    const file = bench.open();
    const expectArmed = (what: string, expected: number) =>
      expectEqual(`num_armed ${what}`, file.info().armed, expected);
    const vectors = bench.vectors.length;
    const fds = makeCounters(bench, vectors).map(({ fd }) => fd);
    const counter = bench.counter('another eventfd');
    expectArmed('after the open', 0);
    file.arm(vectors - 1, counter);
    expectArmed('with the last vector armed', 1);
    file.arm(vectors - 1, counter);
    expectArmed('with it armed again', 1);
    file.expectBlock(SUCCESS, 0, fds);
    expectArmed('after a block of all', vectors);
    file.mask(0);
    expectArmed('with vector 0 masked', vectors);
    file.disarm(0);
    expectArmed('with vector 0 disarmed', vectors - 1);
    file.disarm(0);
    expectArmed('with it disarmed again', vectors - 1);
    file.expectBlock('EBADF', 0, [...fds.slice(1), 1 << 20]);
    expectArmed('after a block that failed', vectors - 1);
    file.expectBlock(
      SUCCESS,
      0,
      fds.map(() => DISARM),
    );
    expectArmed('after a block that disarms all', 0);
    file.arm(0, counter);
    bench.close(file);
    expectEqual('num_armed after another open', bench.open().info().armed, 0);
  },
});

/** Calls GET_INFO with these bytes and gives what they are then. */
const call = (bench: Bench, bytes: Uint8Array): Uint8Array => {
  const file = bench.open();
  const memory = createMemory(bench);
  const address = memory.atEnd(bytes);
  expectEqual(`${GET_INFO.name} at the end of a page`, file.ioctl(GET_INFO.request, address), SUCCESS);
  const copy = Uint8Array.from(bytes);
  expectEqual(GET_INFO.name, file.ioctl(GET_INFO.request, copy), SUCCESS);
  bench.close(file);
  return copy;
};

const larger = defineCase({
  id: 'info.larger-structure',
  title: 'a caller with a larger structure gets zeros behind what the kernel knows, and no byte beyond it',
  clauses: ['INFO-07', 'OPS-04'],
  scope: 'driver',
  run: (bench) => {
    const known = withTail(unsigned32(INFO_SIZE + 8, 0, 0, 0, 0, 0), new Array(8).fill(0));
    const got = call(bench, withTail(known, [0xa5, 0xa5, 0xa5, 0xa5]));
    const [argsz, , , , , , ...rest] = fields(got);
    expectEqual('argsz', argsz, INFO_SIZE + 8);
    expectEqual('what follows', rest.join(' '), `0 0 ${0xa5a5a5a5}`);
  },
});

const ignored = defineCase({
  id: 'info.fields-ignored',
  title: 'what the caller left in the fields that the kernel fills does not matter',
  clauses: ['INFO-08'],
  scope: 'driver',
  run: (bench) => {
    const clean = fields(call(bench, unsigned32(INFO_SIZE, 0, 0, 0, 0, 0)));
    const filled = fields(call(bench, unsigned32(INFO_SIZE, 0xffff_ffff, 0xffff_ffff, 1, 2, 3)));
    expectEqual('fields', filled.join(' '), clean.join(' '));
    const again = fields(call(bench, unsigned32(...clean)));
    expectEqual('fields of a second call with what the first wrote', again.join(' '), clean.join(' '));
  },
});

const notWritable = defineCase({
  id: 'info.not-writable',
  title: 'a structure that cannot be written: EFAULT',
  clauses: ['INFO-09'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const address = createMemory(bench).readOnly(unsigned32(INFO_SIZE, 0, 0, 0, 0, 0));
    expectEqual(`${GET_INFO.name} to read-only memory`, file.ioctl(GET_INFO.request, address), 'EFAULT');
  },
});

export const infoCases = [
  identity,
  mode('safe', 0),
  mode('raw', INFO_RAW),
  armed,
  larger,
  ignored,
  notWritable,
];
