// SPDX-License-Identifier: MIT
import { takeCount } from '../bench/counter.js';
import { armAll, armFresh } from '../bench/delivery.js';
import { expectEqual } from '../bench/expect.js';
import { expectTriggered } from '../bench/software.js';
import { defineCase } from './define.js';

const eachVector = defineCase({
  id: 'trigger.each-vector',
  scope: 'device',
  title: 'triggering a vector signals its own eventfd once, and no other',
  clauses: ['TRIGGER-01'],
  run: (bench) => {
    const file = bench.open();
    const counters = armAll(bench, file);
    counters.forEach((counter, vector) => {
      expectTriggered(bench, file, vector, counter, counters);
    });
  },
});

const counts = defineCase({
  id: 'trigger.counts-add-up',
  title: 'n triggers add n to what the eventfd holds',
  clauses: ['TRIGGER-01'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    armFresh(bench, file, 0);
    const counter = bench.counter('the preloaded eventfd', 4);
    file.arm(0, counter);
    for (let n = 0; n < 100; n++) file.trigger(0);
    expectEqual('the preloaded eventfd', takeCount(bench.sys, counter), 104);
  },
});

const masked = defineCase({
  id: 'trigger.masked',
  title: 'triggering a masked vector signals its eventfd, and unmasking it then adds nothing',
  clauses: ['TRIGGER-02'],
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    file.mask(0);
    expectTriggered(bench, file, 0, counter);
    expectTriggered(bench, file, 0, counter);
    file.unmask(0);
    expectEqual('the eventfd after unmasking', takeCount(bench.sys, counter), 0);
    expectTriggered(bench, file, 0, counter);
  },
});

const replaced = defineCase({
  id: 'trigger.replaced',
  title: 'triggering a vector signals the eventfd it was set to last',
  clauses: ['TRIGGER-01', 'IRQ-04', 'IRQ-05'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const first = armFresh(bench, file, 0, 'the first eventfd');
    const second = bench.counter('the second eventfd');
    expectTriggered(bench, file, 0, first, [first, second]);
    file.arm(0, second);
    expectTriggered(bench, file, 0, second, [first, second]);
    file.refuses('EBADF', 0, -2);
    expectTriggered(bench, file, 0, second, [first, second]);
  },
});

const noHardware = defineCase({
  id: 'trigger.no-hardware',
  title: 'triggering is no interrupt: the kernel counts none',
  clauses: ['TRIGGER-03'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    armFresh(bench, file, 0);
    const interrupts = () => bench.rig.armedVectors().get(0)?.count;
    const before = interrupts();
    for (let n = 0; n < 10; n++) file.trigger(0);
    expectEqual('interrupts of vector 0 in /proc/interrupts', interrupts(), before);
  },
});

export const triggerCases = [eachVector, counts, masked, replaced, noHardware];
