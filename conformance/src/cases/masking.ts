// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import { awaitCount, type Counter, takeCount } from '../bench/counter.js';
import {
  ARRIVAL_MS,
  armAll,
  armFresh,
  expectDelivery,
  expectQuiet,
  expectSilence,
  SILENCE_MS,
} from '../bench/delivery.js';
import { expectEqual, SUCCESS } from '../bench/expect.js';
import { expectTriggered } from '../bench/software.js';
import { defineCase } from './define.js';

const OFTEN = 5;

/** Expects one event and not more of a vector that was raised while masked. */
const expectOneEvent = (bench: Bench, counter: Counter, what: string): void => {
  awaitCount(bench.sys, counter, 1, ARRIVAL_MS);
  bench.sys.poll([], SILENCE_MS);
  expectEqual(`${counter.label} after ${what}`, takeCount(bench.sys, counter), 1);
};

const once = defineCase({
  id: 'mask.one-event',
  title: 'a masked vector signals nothing, and exactly one event when it is unmasked after several raises',
  clauses: ['MASK-01', 'MASK-02'],
  needs: ['provoker', 'messages'],
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    for (let round = 1; round <= 5; round++) {
      file.mask(0);
      for (let n = 0; n < OFTEN; n++) bench.raise(0);
      expectQuiet(bench, [counter], `Vector 0 was masked and raised ${OFTEN} times`);
      file.unmask(0);
      expectOneEvent(bench, counter, `it was unmasked in round ${round}`);
      expectDelivery(bench, 0, counter);
    }
  },
});

const nothingMissed = defineCase({
  id: 'mask.nothing-pending',
  title: 'unmasking a vector that was not raised signals nothing',
  clauses: ['MASK-02'],
  needs: ['provoker', 'messages'],
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    expectDelivery(bench, 0, counter);
    file.mask(0);
    file.unmask(0);
    expectQuiet(bench, [counter], 'Vector 0 was masked and unmasked');
  },
});

const neighbours = defineCase({
  id: 'mask.one-of-many',
  title: 'masking a vector leaves the others alone, and unmasking another does not unmask it',
  clauses: ['MASK-01', 'MASK-04'],
  needs: ['provoker', 'messages', 'twoVectors'],
  run: (bench) => {
    const file = bench.open();
    const counters = armAll(bench, file);
    file.mask(0);
    file.mask(1);
    file.unmask(1);
    for (const [vector, counter] of [...counters.entries()].slice(1, 5))
      expectDelivery(bench, vector, counter, counters);
    expectSilence(bench, 0, counters, 'which is masked');
    const [first] = counters;
    file.unmask(0);
    if (first !== undefined) expectOneEvent(bench, first, 'vector 0 was unmasked');
  },
});

const repeated = defineCase({
  id: 'mask.not-counted',
  title: 'masking twice and unmasking once delivers; unmasking what is not masked succeeds',
  clauses: ['MASK-03'],
  needs: ['provoker', 'messages'],
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    file.unmask(0);
    file.unmask(0);
    expectDelivery(bench, 0, counter);
    file.mask(0);
    file.mask(0);
    expectSilence(bench, 0, [counter], 'which is masked');
    file.unmask(0);
    expectOneEvent(bench, counter, 'it was masked twice and unmasked once');
    expectDelivery(bench, 0, counter);
  },
});

const replaced = defineCase({
  id: 'mask.replaced',
  title: 'another eventfd on a masked vector: it stays masked, and the new one gets the event',
  clauses: ['MASK-05'],
  needs: ['provoker', 'messages'],
  run: (bench) => {
    const file = bench.open();
    const first = armFresh(bench, file, 0, 'the first eventfd');
    const second = bench.counter('the second eventfd');
    const third = bench.counter('the third eventfd');
    file.mask(0);
    file.arm(0, second);
    expectSilence(bench, 0, [first, second], 'which is masked and was replaced');
    file.expectBlock(SUCCESS, 0, [third.fd]);
    expectSilence(bench, 0, [first, second, third], 'which is masked and was replaced by a block');
    file.unmask(0);
    expectOneEvent(bench, third, 'vector 0 was unmasked');
    expectQuiet(bench, [first, second], 'They were replaced');
  },
});

const rearmed = defineCase({
  id: 'mask.re-armed',
  title: 'a vector that was masked, disarmed and armed again is unmasked',
  clauses: ['MASK-06'],
  needs: ['provoker', 'messages'],
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    file.mask(0);
    file.disarm(0);
    file.arm(0, counter);
    expectDelivery(bench, 0, counter);
    file.mask(0);
    file.disarm(0);
    file.expectBlock(SUCCESS, 0, [counter.fd]);
    expectDelivery(bench, 0, counter);
  },
});

const reopened = defineCase({
  id: 'mask.re-opened',
  title: 'a vector that was masked when the file was closed is unmasked when it is armed anew',
  clauses: ['MASK-06', 'LIFE-03'],
  needs: ['provoker', 'messages'],
  run: (bench) => {
    const file = bench.open();
    armFresh(bench, file, 0);
    file.mask(0);
    bench.close(file);
    const later = bench.open();
    expectDelivery(bench, 0, armFresh(bench, later, 0));
  },
});

const triggered = defineCase({
  id: 'mask.triggered',
  title: 'triggering a vector leaves it masked if it was, and unmasked if it was not',
  clauses: ['TRIGGER-02', 'TRIGGER-03'],
  needs: ['provoker', 'messages'],
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    file.mask(0);
    expectTriggered(bench, file, 0, counter);
    expectSilence(bench, 0, [counter], 'which is masked and was triggered');
    file.unmask(0);
    expectOneEvent(bench, counter, 'it was unmasked');
    expectTriggered(bench, file, 0, counter);
    expectDelivery(bench, 0, counter);
  },
});

export const maskingCases = [
  once,
  nothingMissed,
  neighbours,
  repeated,
  replaced,
  rearmed,
  reopened,
  triggered,
];
