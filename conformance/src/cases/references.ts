// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import type { Counter } from '../bench/counter.js';
import { closeAndSeeGone, closeEventfds, makeEventfds } from '../bench/eventfd-numbers.js';
import { expectThat, SUCCESS } from '../bench/expect.js';
import type { UioFile } from '../bench/uio-file.js';
import { DISARM } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

const MOST = 16;
const ROUNDS = 5;

/** Ways in which the driver must let go of what vectors 0, 1, … were armed with. */
const WAYS: Readonly<Record<string, (bench: Bench, file: UioFile, counters: readonly Counter[]) => void>> = {
  disarmed: (_, file, counters) => {
    armInOrder(file, counters);
    for (const vector of counters.keys()) file.disarm(vector);
  },
  replaced: (bench, file, counters) => {
    armInOrder(file, counters);
    const other = bench.counter('the eventfd of every vector');
    for (const vector of counters.keys()) file.arm(vector, other);
  },
  'set twice and disarmed once': (_, file, counters) => {
    armInOrder(file, counters);
    armInOrder(file, counters);
    for (const vector of counters.keys()) file.disarm(vector);
  },
  'set and disarmed by blocks': (_, file, counters) => {
    file.expectBlock(SUCCESS, 0, fdsOf(counters));
    file.expectBlock(
      SUCCESS,
      0,
      counters.map(() => DISARM),
    );
  },
  'replaced by a block': (bench, file, counters) => {
    armInOrder(file, counters);
    const { fd } = bench.counter('the eventfd of every vector');
    file.expectBlock(
      SUCCESS,
      0,
      counters.map(() => fd),
    );
  },
  'in a block that was refused for its last descriptor': (_, file, counters) =>
    file.expectBlock('EBADF', 0, [...fdsOf(counters).slice(0, -1), -2]),
  'in a block that was refused, replacing others,': (bench, file, counters) => {
    const other = bench.counter('the eventfd of every vector');
    for (const vector of counters.keys()) file.arm(vector, other);
    file.expectBlock('EBADF', 0, [...fdsOf(counters).slice(0, -1), -2]);
  },
  'refused, because the device has no such vector,': (bench, file, counters) => {
    for (const [i, { fd }] of counters.entries()) file.refuses('ERANGE', bench.rig.vectors + i, fd);
  },
  'disarmed by the last close': (bench, file, counters) => {
    armInOrder(file, counters);
    bench.close(file);
  },
  'disarmed by an unbind': (bench, file, counters) => {
    armInOrder(file, counters);
    bench.unbind();
    bench.bind();
  },
};

const fdsOf = (counters: readonly Counter[]): number[] => counters.map(({ fd }) => fd);

const armInOrder = (file: UioFile, counters: readonly Counter[]): void => {
  for (const [vector, counter] of counters.entries()) file.arm(vector, counter);
};

/** Which of the eventfds are gone once `use` had them and their descriptors are closed. */
const returned = (bench: Bench, use: (counters: readonly Counter[]) => void): boolean[] => {
  const used = makeEventfds(bench.sys, mostUsed(bench));
  try {
    use(used);
  } catch (error) {
    closeEventfds(bench.sys, used);
    throw error;
  }
  // One round in which the number returned is enough: others may take or free some in between.
  return closeAndSeeGone(bench.sys, used);
};

const mostUsed = ({ rig }: Bench): number => Math.min(MOST, rig.vectors);

const released = defineCase({
  id: 'life.eventfds-released',
  title: 'the driver lets go of an eventfd that is replaced, disarmed, refused, closed or unbound',
  clauses: ['LIFE-07'],
  run: (bench) => {
    for (const [what, letGo] of Object.entries(WAYS)) {
      const leaked = new Set(Array.from({ length: mostUsed(bench) }, (_, vector) => vector));
      for (let round = 0; round < ROUNDS && leaked.size > 0; round++) {
        const file = bench.open();
        const back = returned(bench, (counters) => letGo(bench, file, counters));
        bench.close(file);
        for (const vector of leaked) if (back[vector]) leaked.delete(vector);
      }
      expectThat(
        leaked.size === 0,
        `eventfds that were ${what} and closed are still there: the driver keeps a reference (vectors ${[...leaked].join(' ')})`,
      );
    }
  },
});

export const referenceCases = [released];
