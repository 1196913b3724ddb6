// SPDX-License-Identifier: MIT
import {
  armAll,
  armFresh,
  expectDelivery,
  expectOneEvent,
  expectQuiet,
  expectSilence,
} from '../bench/delivery.js';
import { defineCase } from './define.js';

const OFTEN = 5;

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
    const some = [...counters.entries()].slice(0, 5);
    for (const [masked, own] of some) {
      file.mask(masked);
      for (const [other, counter] of some) {
        if (other === masked) continue;
        file.mask(other);
        file.unmask(other);
        expectDelivery(bench, other, counter, counters);
      }
      expectSilence(bench, masked, counters, 'which is masked, others were masked and unmasked');
      file.unmask(masked);
      expectOneEvent(bench, own, `vector ${masked} was unmasked`);
    }
    for (const [masked] of some) {
      file.mask(masked);
      for (const [other, counter] of some)
        if (other !== masked) expectDelivery(bench, other, counter, counters);
      file.unmask(masked);
    }
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

export const maskingCases = [once, nothingMissed, neighbours, repeated];
