// SPDX-License-Identifier: MIT
import { type Counter, takeCount } from '../bench/counter.js';
import { expectDelivery } from '../bench/delivery.js';
import { expectEqual, SUCCESS } from '../bench/expect.js';
import { expectMapping, expectTriggered, makeCounters, settle } from '../bench/software.js';
import { DISARM } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

const whole = defineCase({
  id: 'block.every-vector',
  scope: 'device',
  title: 'one block arms every vector, each with its own eventfd',
  clauses: ['BLOCK-01'],
  run: (bench) => {
    const file = bench.open();
    const counters = makeCounters(bench, bench.vectors.length);
    file.expectBlock(
      SUCCESS,
      0,
      counters.map(({ fd }) => fd),
    );
    settle(bench, counters);
    expectMapping(bench, file, counters, counters);
  },
});

const delivers = defineCase({
  id: 'block.delivers',
  title: 'vectors armed and replaced by a block deliver to the eventfds it named',
  clauses: ['BLOCK-01', 'BLOCK-02'],
  needs: ['provoker', 'twoVectors'],
  run: (bench) => {
    const file = bench.open();
    const last = bench.vectors.length - 1;
    const old = makeCounters(bench, 2, 'the first eventfd of vector');
    const fresh = makeCounters(bench, 2, 'the second eventfd of vector');
    for (const counters of [old, fresh]) {
      file.expectBlock(
        SUCCESS,
        last - 1,
        counters.map(({ fd }) => fd),
      );
      settle(bench, counters);
      counters.forEach((counter, i) => {
        expectDelivery(bench, last - 1 + i, counter, [...old, ...fresh]);
      });
    }
  },
});

const mixed = defineCase({
  id: 'block.arm-replace-disarm',
  title: 'one block arms a vector, replaces an eventfd, disarms a vector, and leaves the rest alone',
  clauses: ['BLOCK-02', 'BLOCK-03'],
  needs: ['fourVectors'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const [zero, one, two, three, four] = makeCounters(bench, 5, 'eventfd');
    if (!zero || !one || !two || !three || !four) throw new Error('five were made');
    const all = [zero, one, two, three, four];
    // Vector 0 stays, 1 is replaced, 2 is disarmed, 3 is armed.
    file.expectBlock(SUCCESS, 0, [zero.fd, one.fd, two.fd]);
    file.expectBlock(SUCCESS, 1, [four.fd, DISARM, three.fd]);
    settle(bench, all);
    expectMapping(bench, file, [zero, four, null, three], all);
    file.expectBlock(SUCCESS, 0, [DISARM, DISARM, DISARM, DISARM]);
    expectMapping(bench, file, [null, null, null, null], all);
  },
});

const outside = defineCase({
  id: 'block.rest-stays',
  title: 'a block that replaces, disarms or arms leaves the vectors before and behind it as they were',
  clauses: ['BLOCK-03'],
  needs: ['fourVectors'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const set = makeCounters(bench, 4, 'the eventfd of vector');
    const other = bench.counter('the eventfd of the block');
    for (const [vector, counter] of set.entries()) file.arm(vector, counter);
    settle(bench, set);
    for (const [start, count] of [
      [0, 1],
      [0, 2],
      [1, 2],
      [2, 2],
    ] as const) {
      const isInside = (vector: number) => vector >= start && vector < start + count;
      const block = set.slice(start, start + count);
      const expectInside = (fds: readonly number[], inside: (vector: number) => Counter | null) => {
        file.expectBlock(SUCCESS, start, fds);
        const now = set.map((counter, vector) => (isInside(vector) ? inside(vector) : counter));
        settle(bench, [...set, other]);
        expectMapping(bench, file, now, [...set, other]);
      };
      expectInside(
        block.map(() => other.fd),
        () => other,
      );
      expectInside(
        block.map(() => DISARM),
        () => null,
      );
      expectInside(
        block.map(({ fd }) => fd),
        (vector) => set[vector] ?? null,
      );
    }
  },
});

const sameEventfd = defineCase({
  id: 'block.one-eventfd-for-all',
  title: 'the same eventfd may be given for every vector, and counts them all',
  clauses: ['BLOCK-04'],
  needs: ['twoVectors'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const counter = bench.counter('the eventfd of every vector');
    file.expectBlock(
      SUCCESS,
      0,
      bench.vectors.map(() => counter.fd),
    );
    settle(bench, [counter]);
    for (const vector of bench.vectors) file.trigger(vector);
    expectEqual(
      'the eventfd, every vector triggered once',
      takeCount(bench.sys, counter),
      bench.vectors.length,
    );
    file.disarm(0);
    expectTriggered(bench, file, bench.vectors.length - 1, counter);
  },
});

const empty = defineCase({
  id: 'block.empty',
  title: 'a block of no vectors: EINVAL, wherever it begins',
  clauses: ['BLOCK-05'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    for (const start of [0, bench.rig.vectors - 1, bench.rig.vectors, 0xffff_ffff]) {
      file.expectBlock('EINVAL', start, []);
    }
  },
});

export const blockCases = [whole, delivers, mixed, outside, sameEventfd, empty];
