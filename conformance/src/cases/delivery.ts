// SPDX-License-Identifier: MIT
import { takeCount } from '../bench/counter.js';
import {
  armAll,
  armEach,
  armFresh,
  expectCountAfterRaise,
  expectDelivery,
  expectQuiet,
  expectSilence,
} from '../bench/delivery.js';
import { expectEqual } from '../bench/expect.js';
import { defineCase } from './define.js';

const eachVector = defineCase({
  id: 'irq.each-vector',
  scope: 'device',
  title: 'every vector signals its own eventfd once, and no other',
  clauses: ['IRQ-01', 'IRQ-02'],
  needs: ['provoker'],
  run: (bench) => {
    const counters = armAll(bench, bench.open());
    counters.forEach((counter, vector) => {
      expectDelivery(bench, vector, counter, counters);
    });
    expectQuiet(bench, counters, 'Every vector was raised once and seen once');
  },
});

const counts = defineCase({
  id: 'irq.counts-add-up',
  title: 'n interrupts add n to an eventfd that nobody reads',
  clauses: ['IRQ-01'],
  needs: ['provoker'],
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    for (let total = 1; total <= 20; total++) expectCountAfterRaise(bench, 0, counter, total);
    expectEqual('the eventfd, read once', takeCount(bench.sys, counter), 20);
    expectEqual('the eventfd, read again', takeCount(bench.sys, counter), 0);
  },
});

const preloaded = defineCase({
  id: 'irq.preloaded-counter',
  title: 'an eventfd that holds 4 reads 5 after one interrupt',
  clauses: ['IRQ-03'],
  needs: ['provoker'],
  run: (bench) => {
    const file = bench.open();
    armFresh(bench, file, 0);
    const counter = bench.counter('the preloaded eventfd', 4);
    file.arm(0, counter);
    expectCountAfterRaise(bench, 0, counter, 5);
    expectEqual('the preloaded eventfd', takeCount(bench.sys, counter), 5);
  },
});

const oneForAll = defineCase({
  id: 'irq.one-eventfd-for-all',
  title: 'an eventfd set on every vector counts the interrupts of all',
  clauses: ['IRQ-08'],
  needs: ['provoker', 'twoVectors'],
  run: (bench) => {
    const file = bench.open();
    const counter = bench.counter('the eventfd of every vector');
    armEach(
      bench,
      file,
      bench.vectors.map((vector) => [vector, counter]),
    );
    for (const vector of bench.vectors) expectCountAfterRaise(bench, vector, counter, vector + 1);
    file.disarm(0);
    takeCount(bench.sys, counter);
    expectDelivery(bench, bench.vectors.length - 1, counter);
  },
});

const lastAlone = defineCase({
  id: 'irq.last-vector-alone',
  scope: 'device',
  title: 'the last vector delivers while no other is armed',
  clauses: ['IRQ-01', 'IRQ-09'],
  needs: ['provoker', 'twoVectors'],
  run: (bench) => {
    const file = bench.open();
    const last = bench.vectors.length - 1;
    const counter = armFresh(bench, file, last);
    expectDelivery(bench, last, counter);
    expectSilence(bench, 0, [counter], 'which is not armed');
    expectDelivery(bench, last, counter);
  },
});

const anyOrder = defineCase({
  id: 'irq.any-order',
  scope: 'device',
  title: 'vectors armed from the last to the first deliver in any order',
  clauses: ['IRQ-02', 'IRQ-09'],
  needs: ['provoker', 'twoVectors'],
  run: (bench) => {
    const file = bench.open();
    const counters = bench.vectors.map((vector) => bench.counter(`the eventfd of vector ${vector}`));
    armEach(bench, file, [...counters.entries()].toReversed());
    const evenThenOdd = bench.vectors.toSorted((a, b) => (a % 2) - (b % 2));
    for (const vector of evenThenOdd) {
      const counter = counters[vector];
      if (counter !== undefined) expectDelivery(bench, vector, counter, counters);
    }
  },
});

export const deliveryCases = [eachVector, counts, preloaded, oneForAll, lastAlone, anyOrder];
