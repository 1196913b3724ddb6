// SPDX-License-Identifier: MIT
import { expectArmed } from '../bench/armed.js';
import type { Bench } from '../bench/bench.js';
import { takeCount } from '../bench/counter.js';
import { SILENCE_MS } from '../bench/delivery.js';
import { expectEqual, type Outcome, SUCCESS } from '../bench/expect.js';
import { createMemory } from '../bench/memory.js';
import { descriptors, expectMapping, makeCounters, settle } from '../bench/software.js';
import type { UioFile } from '../bench/uio-file.js';
import { unsigned32, withFields } from '../uapi/struct.js';
import { DISARM, irqSetBlock, SET_BLOCK } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

/** Armed are vectors 0 and 2; 1 and 3 are not. What a refused block must leave so. */
const prepare = (bench: Bench) => {
  const file = bench.open();
  const [zero, two] = makeCounters(bench, 2, 'an eventfd that was set before,');
  const fresh = makeCounters(bench, bench.vectors.length, 'an eventfd of the refused block,');
  if (!zero || !two) throw new Error('two were made');
  file.arm(0, zero);
  file.arm(2, two);
  settle(bench, [zero, two]);
  const expectUntouched = (what: string) => {
    bench.sys.poll([], SILENCE_MS);
    for (const counter of [zero, two, ...fresh])
      expectEqual(`${counter.label} after ${what}`, takeCount(bench.sys, counter), 0);
    expectArmed(bench, file, [0, 2], `after ${what}`);
    expectMapping(bench, file, [zero, null, two, null], [zero, two, ...fresh]);
  };
  return { file, fresh, expectUntouched };
};

/** Descriptors that are refused, and with what. */
const badDescriptors = (bench: Bench): readonly (readonly [string, number, Outcome])[] => {
  const noEventfd = bench.closeLater(bench.sys.open('/dev/null', 0));
  const closed = bench.sys.eventfd(0);
  bench.sys.close(closed);
  return [
    ['a closed descriptor', closed, 'EBADF'],
    ['descriptor -2', -2, 'EBADF'],
    ['the smallest number', -0x8000_0000, 'EBADF'],
    ['/dev/null', noEventfd, 'EINVAL'],
  ];
};

const badDescriptor = defineCase({
  id: 'block.bad-descriptor',
  title: 'a block with a bad descriptor, wherever it is, fails with its errno and changes no vector',
  clauses: ['BLOCK-06', 'BLOCK-07', 'BLOCK-08'],
  needs: ['fourVectors'],
  scope: 'driver',
  run: (bench) => {
    const { file, fresh, expectUntouched } = prepare(bench);
    for (const [what, fd, errno] of badDescriptors(bench)) {
      for (const at of [0, 1, 2, 3]) {
        const fds = fresh.slice(0, 4).map((counter, vector) => (vector === at ? fd : counter.fd));
        file.expectBlock(errno, 0, fds);
        expectUntouched(`a block with ${what} for vector ${at}`);
      }
      file.expectBlock(errno, 0, [DISARM, DISARM, DISARM, fd]);
      expectUntouched(`a block that disarms, with ${what} at its end`);
    }
    const [{ fd: last } = { fd: -1 }] = fresh.slice(-1);
    file.expectBlock('EBADF', 0, [...fresh.slice(0, -1).map(({ fd }) => fd), -2]);
    expectUntouched('a block of all vectors with -2 for the last');
    expectEqual('a good call afterwards', file.set(1, last), SUCCESS);
  },
});

const range = defineCase({
  id: 'block.range',
  title: 'a block that goes beyond the vectors, also around the end of 32 bits: ERANGE, and nothing is set',
  clauses: ['BLOCK-09', 'BLOCK-06'],
  needs: ['fourVectors'],
  scope: 'driver',
  run: (bench) => {
    const { file, fresh, expectUntouched } = prepare(bench);
    const { vectors } = bench.rig;
    const memory = createMemory(bench);
    const fds = memory.atEnd(descriptors(fresh));
    const MAX = 0xffff_ffff;
    const blocks = [
      [0, vectors + 1],
      [1, vectors],
      [vectors - 1, 2],
      [vectors, 1],
      [vectors + 1, 1],
      [0, 0x1_0000],
      [0, MAX],
      [1, MAX],
      [2, MAX - 1],
      [MAX, 1],
      [MAX, 2],
      [MAX, MAX],
      [0x8000_0000, 0x8000_0000],
      [0, 0x4000_0001],
    ] as const;
    for (const [start, count] of blocks) {
      const what = `${SET_BLOCK.name} { start ${start}, count ${count} }`;
      expectEqual(what, file.ioctl(SET_BLOCK.request, irqSetBlock(start, count, fds)), 'ERANGE');
    }
    expectUntouched('blocks out of range');
  },
});

const unreadable = defineCase({
  id: 'block.unreadable',
  title: 'descriptors of which any cannot be read: EFAULT, and nothing is set',
  clauses: ['BLOCK-10', 'BLOCK-06'],
  needs: ['fourVectors'],
  scope: 'driver',
  run: (bench) => {
    const { file, fresh, expectUntouched } = prepare(bench);
    const memory = createMemory(bench);
    const list = descriptors(fresh);
    const places = {
      null: 0n,
      'an address of the kernel': 0xffff_8000_0000_0000n,
      'the end of all addresses': 0xffff_ffff_ffff_fffcn,
      'a list without its last byte': memory.atEnd(list, 1),
      'a list without its last descriptor': memory.atEnd(list, 4),
      'a list without its second half': memory.atEnd(list, list.length / 2),
    };
    for (const [what, address] of Object.entries(places)) {
      const outcome = file.ioctl(SET_BLOCK.request, irqSetBlock(0, fresh.length, address));
      expectEqual(`${SET_BLOCK.name} with ${what}`, outcome, 'EFAULT');
    }
    expectUntouched('blocks that could not be read');
  },
});

const expectCall = (file: UioFile, what: string, argument: Uint8Array, errno: Outcome) =>
  expectEqual(`${SET_BLOCK.name} ${what}`, file.ioctl(SET_BLOCK.request, argument), errno);

const order = defineCase({
  id: 'block.order-of-checks',
  title: 'of several mistakes the first in the order header, count, range, memory, descriptors is told',
  clauses: ['BLOCK-11'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const { vectors } = bench.rig;
    const bad = createMemory(bench).atEnd(unsigned32(-2, -2));
    const flagged = withFields(irqSetBlock(vectors, 0, 0n), { 1: 1 });
    expectCall(file, 'with flags, count 0, start out of range', flagged, 'EINVAL');
    expectCall(file, 'with count 0, start out of range', irqSetBlock(vectors, 0, 0n), 'EINVAL');
    expectCall(file, 'out of range, unreadable', irqSetBlock(vectors, 1, 0n), 'ERANGE');
    expectCall(file, 'unreadable', irqSetBlock(vectors - 1, 1, 0n), 'EFAULT');
    expectCall(file, 'out of range, with bad descriptors', irqSetBlock(vectors - 1, 2, bad), 'ERANGE');
    const hole = createMemory(bench).atEnd(unsigned32(-2, 0), 4);
    if (vectors > 1)
      expectCall(file, 'with a bad descriptor, then unreadable', irqSetBlock(0, 2, hole), 'EFAULT');
    expectCall(file, 'with a bad descriptor', irqSetBlock(0, 1, bad), 'EBADF');
  },
});

export const blockRefusedCases = [badDescriptor, range, unreadable, order];
