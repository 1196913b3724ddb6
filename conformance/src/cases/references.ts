// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import { type Counter, eventfdId } from '../bench/counter.js';
import { expectThat } from '../bench/expect.js';
import type { UioFile } from '../bench/uio-file.js';
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

const armInOrder = (file: UioFile, counters: readonly Counter[]): void => {
  for (const [vector, counter] of counters.entries()) file.arm(vector, counter);
};

/**
 * Whether eventfds are gone once their descriptors are closed. The kernel gives each the lowest
 * number that is free (fs/eventfd.c, eventfd_ida), so those of eventfds that are gone come again;
 * those of leaked ones never do. Others may take a number in between: one that returns is enough.
 */
const numbersReturn = (bench: Bench, use: (counters: readonly Counter[]) => void): boolean => {
  const make = () => {
    const fds = Array.from({ length: Math.min(MOST, bench.rig.vectors) }, () => bench.sys.eventfd(0));
    return fds.map((fd, i) => ({ fd, label: `eventfd ${i}` }));
  };
  const closeAll = (counters: readonly Counter[]) => counters.forEach(({ fd }) => void bench.sys.close(fd));
  const used = make();
  const numbers = new Set(used.map(eventfdId));
  try {
    use(used);
  } finally {
    closeAll(used);
  }
  const next = make();
  const returned = next.some((counter) => numbers.has(eventfdId(counter)));
  closeAll(next);
  return returned;
};

const released = defineCase({
  id: 'life.eventfds-released',
  title: 'the driver lets go of an eventfd that is replaced, disarmed, closed or unbound',
  clauses: ['LIFE-07'],
  run: (bench) => {
    for (const [what, letGo] of Object.entries(WAYS)) {
      const returned = Array.from({ length: ROUNDS }).some(() => {
        const file = bench.open();
        const good = numbersReturn(bench, (counters) => letGo(bench, file, counters));
        bench.close(file);
        return good;
      });
      expectThat(
        returned,
        `eventfds that were ${what} and closed are still there: the driver keeps a reference`,
      );
    }
  },
});

export const referenceCases = [released];
