// SPDX-License-Identifier: MIT
import { expectArmed } from '../bench/armed.js';
import type { Bench } from '../bench/bench.js';
import { type Counter, takeCount } from '../bench/counter.js';
import { closeAndSeeGone } from '../bench/eventfd-numbers.js';
import { expectEqual, expectThat, SUCCESS } from '../bench/expect.js';
import type { UioFile } from '../bench/uio-file.js';
import { type EachFailure, expectSame, PATIENCE, withFailures } from '../faults/each-failure.js';
import {
  DISARM,
  GET_INFO,
  INFO_SIZE,
  irqSet,
  irqSetBlock,
  irqVec,
  parseInfo,
  SET_BLOCK,
  UIO_MSI_IRQ_SET,
  VECTOR_OPERATIONS,
} from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

/**
 * How an operation may be refused: ENOSPC is what the kernel makes of an interrupt that no memory was
 * found for, EFAULT of a copy from or to the process that was made to fail.
 */
const REFUSALS = ['ENOMEM', 'ENOSPC', 'EFAULT'];

/** Arming a vector allocates something, and so does reading a block. */
const ALLOCATES = 1;

/** Vectors of a block: enough for one of each kind and some that are taken back. */
const MOST_IN_BLOCK = 6;

/**
 * Which of the counters a software trigger of each vector reaches; `-` where none is armed. Resets
 * them. No other vector may be armed.
 */
const targets = (bench: Bench, file: UioFile, vectors: readonly number[], counters: readonly Counter[]) => {
  const reached = vectors.map((vector) => {
    const outcome = file.ioctl(VECTOR_OPERATIONS.trigger.request, irqVec(vector));
    if (outcome === 'ENOENT') return '-';
    expectEqual(`UIO_MSI_IRQ_TRIGGER of vector ${vector}`, outcome, SUCCESS);
    const hit = counters.filter((counter) => takeCount(bench.sys, counter) === 1);
    return hit.map(({ label }) => label).join('+');
  });
  const armed = vectors.filter((_, i) => reached[i] !== '-');
  expectArmed(bench, file, armed, 'where a trigger finds those armed');
  return reached;
};

/** The eventfds that a case gave to calls, to see in the end that none was kept. */
const collectEventfds = (bench: Bench) => {
  const made: Counter[] = [];
  return {
    make: (label: string): Counter => {
      const counter = { fd: bench.sys.eventfd(0), label };
      made.push(counter);
      return counter;
    },
    expectGone: () => {
      const kept = closeAndSeeGone(bench.sys, made).filter((gone) => !gone).length;
      expectThat(
        kept === 0,
        `${kept} of ${made.length} eventfds are still there though every vector was disarmed: a reference was kept`,
      );
    },
  };
};

/**
 * Arms, replaces or disarms the last vector, which needs most: it holds an eventfd before when
 * `armed`. The file is opened anew for each call, because the driver may keep an interrupt until
 * the last close, and then needs no memory for it any more.
 */
const trySet = (bench: Bench, each: EachFailure, what: string, armed: boolean, disarm: boolean): void => {
  const eventfds = collectEventfds(bench);
  const vector = bench.rig.vectors - 1;
  each(
    what,
    REFUSALS,
    (attempt) => {
      const file = bench.open();
      const [old, fresh] = [eventfds.make('old'), eventfds.make('new')];
      if (armed) file.arm(vector, old);
      const state = () => targets(bench, file, [vector], [old, fresh]);
      const before = state();
      const argument = irqSet(vector, disarm ? DISARM : fresh.fd);
      const outcome = attempt(() => bench.sys.ioctl(file.fd, UIO_MSI_IRQ_SET, argument));
      expectEqual('signals by the call itself', takeCount(bench.sys, fresh), 0);
      const wanted = [disarm ? '-' : 'new'];
      expectSame('the eventfd signalled', outcome === SUCCESS ? wanted : before, state());
      file.disarm(vector);
      bench.close(file);
    },
    armed ? 0 : ALLOCATES,
  );
  eventfds.expectGone();
};

const set = defineCase({
  id: 'fault.set',
  scope: 'long',
  title: 'UIO_MSI_IRQ_SET without memory: ENOMEM, and the vector is as it was',
  clauses: ['FAULT-01', 'FAULT-02', 'FAULT-05'],
  patience: PATIENCE,
  run: (bench) =>
    withFailures(bench, (each) => {
      trySet(bench, each, 'arming a vector', false, false);
      trySet(bench, each, 'replacing an eventfd', true, false);
      trySet(bench, each, 'disarming a vector', true, true);
    }),
});

const block = defineCase({
  id: 'fault.set-block',
  scope: 'long',
  title: 'UIO_MSI_IRQ_SET_BLOCK without memory: ENOMEM, and every vector is as it was',
  clauses: ['FAULT-01', 'FAULT-02', 'FAULT-05'],
  patience: PATIENCE,
  run: (bench) => {
    const vectors = bench.vectors.slice(-MOST_IN_BLOCK);
    const memory = bench.sys.allocate(bench.sys.pageSize);
    const argument = irqSetBlock(vectors[0] ?? 0, vectors.length, memory.address);
    const give = (fds: readonly number[]) => memory.bytes.set(new Uint8Array(new Int32Array(fds).buffer));
    try {
      withFailures(bench, (each) => {
        const eventfds = collectEventfds(bench);
        each(
          'setting a block',
          REFUSALS,
          (attempt) => {
            const file = bench.open();
            // The first two are armed: one is replaced, one disarmed. The others are armed anew.
            const old = vectors.slice(0, 2).map((_, i) => eventfds.make(`old${i}`));
            const fresh = vectors.map((_, i) => eventfds.make(`new${i}`));
            old.forEach((counter, i) => void file.arm(vectors[i] ?? 0, counter));
            const state = () => targets(bench, file, vectors, [...old, ...fresh]);
            const before = state();
            give(fresh.map(({ fd }, i) => (i === 1 ? DISARM : fd)));
            const outcome = attempt(() => bench.sys.ioctl(file.fd, SET_BLOCK.request, argument));
            for (const counter of fresh)
              expectEqual(`signals on ${counter.label} by the call itself`, takeCount(bench.sys, counter), 0);
            const wanted = vectors.map((_, i) => (i === 1 ? '-' : `new${i}`));
            expectSame('the eventfds signalled', outcome === SUCCESS ? wanted : before, state());
            for (const vector of vectors) file.disarm(vector);
            bench.close(file);
          },
          ALLOCATES,
        );
        eventfds.expectGone();
      });
    } finally {
      bench.sys.munmap(memory.address, bench.sys.pageSize);
    }
  },
});

const others = defineCase({
  id: 'fault.other-operations',
  scope: 'long',
  title: 'query, mask, unmask and trigger without memory do all or nothing',
  clauses: ['FAULT-01', 'FAULT-02'],
  patience: PATIENCE,
  run: (bench) =>
    withFailures(bench, (each) => {
      const file = bench.open();
      const counter = bench.counter('the eventfd');
      file.arm(0, counter);
      const info = new Uint8Array(INFO_SIZE);
      const askInfo = () => {
        info.fill(0);
        new DataView(info.buffer).setUint32(0, INFO_SIZE, true);
      };
      each('UIO_MSI_GET_INFO', REFUSALS, (attempt) => {
        askInfo();
        const outcome = attempt(() => bench.sys.ioctl(file.fd, GET_INFO.request, info));
        if (outcome === SUCCESS) expectEqual('vectors armed by UIO_MSI_GET_INFO', parseInfo(info).armed, 1);
      });
      for (const { name, request } of Object.values(VECTOR_OPERATIONS)) {
        const isTrigger = request === VECTOR_OPERATIONS.trigger.request;
        const argument = irqVec(0);
        each(name, REFUSALS, (attempt) => {
          const outcome = attempt(() => bench.sys.ioctl(file.fd, request, argument));
          const events = isTrigger && outcome === SUCCESS ? 1 : 0;
          expectEqual('signals by the call', takeCount(bench.sys, counter), events);
          expectArmed(bench, file, [0], 'after it');
        });
      }
    }),
});

export const faultVectorCases = [set, block, others];
