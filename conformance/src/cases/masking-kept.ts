// SPDX-License-Identifier: MIT
import { armFresh, expectDelivery, expectOneEvent, expectQuiet, expectSilence } from '../bench/delivery.js';
import { SUCCESS } from '../bench/expect.js';
import { expectTriggered } from '../bench/software.js';
import { defineCase } from './define.js';

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

/** What becomes of the mask when something else of the vector changes. */
export const maskKeptCases = [replaced, rearmed, reopened, triggered];
