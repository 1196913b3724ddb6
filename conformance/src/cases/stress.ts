// SPDX-License-Identifier: MIT
import { awaitCount, takeCount } from '../bench/counter.js';
import { ARRIVAL_MS, armFresh } from '../bench/delivery.js';
import { expectThat } from '../bench/expect.js';
import { defineCase } from './define.js';

const ROUNDS = 300;

const setAgainstRaise = defineCase({
  id: 'stress.set-and-raise',
  title: 'vectors replaced and disarmed while interrupts arrive: none is invented, and delivery goes on',
  clauses: ['KRN-01', 'IRQ-04'],
  needs: ['provoker'],
  run: (bench) => {
    const file = bench.open();
    const even = armFresh(bench, file, 0, 'the even eventfd');
    const odd = bench.counter('the odd eventfd');
    for (let round = 0; round < ROUNDS; round++) {
      file.arm(0, round % 2 === 0 ? even : odd);
      bench.raise(0);
      if (round % 7 === 6) file.disarm(0);
    }
    const counted = takeCount(bench.sys, even) + takeCount(bench.sys, odd);
    expectThat(counted <= ROUNDS, `the eventfds count ${counted} interrupts, only ${ROUNDS} were raised`);
    // What is still on its way may come together with the last one.
    const last = bench.counter('the last eventfd');
    file.arm(0, last);
    bench.raise(0);
    expectThat(
      awaitCount(bench.sys, last, 1, ARRIVAL_MS) > 0,
      'an interrupt raised after the storm did not arrive',
    );
  },
});

export const stressCases = [setAgainstRaise];
