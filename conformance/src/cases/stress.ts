// SPDX-License-Identifier: MIT
import { awaitCount, signalled, takeCount } from '../bench/counter.js';
import { ARRIVAL_MS, armFresh, expectQuiet } from '../bench/delivery.js';
import { expectEqual, expectThat } from '../bench/expect.js';
import { defineCase } from './define.js';

const ROUNDS = 300;

const setAgainstRaise = defineCase({
  id: 'stress.set-and-raise',
  title: 'between raises vectors are replaced and disarmed: no interrupt is invented, and delivery goes on',
  clauses: ['KRN-01', 'IRQ-04'],
  needs: ['provoker'],
  run: (bench) => {
    const file = bench.open();
    const even = armFresh(bench, file, 0, 'the even eventfd');
    const odd = bench.counter('the odd eventfd');
    let disarmed = 0;
    for (let round = 0; round < ROUNDS; round++) {
      file.arm(0, round % 2 === 0 ? even : odd);
      bench.raise(0);
      if (round % 7 !== 6) continue;
      file.disarm(0);
      disarmed++;
    }
    const counted = takeCount(bench.sys, even) + takeCount(bench.sys, odd);
    // A line that is still asserted when its vector is armed anew is one more event.
    const most = ROUNDS + (bench.rig.hasLine() ? disarmed : 0);
    expectThat(counted <= most, `the eventfds count ${counted} interrupts, only ${most} can have been`);
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

/** So many, or as many as come in the time: a machine with few processors is busy replacing. */
const REPLACED = 200;
const REPLACED_MS = 4000;
const FEWEST_REPLACED = 20;

const replaceAgainstRaise = defineCase({
  id: 'stress.replace-and-raise',
  title: 'each interrupt is counted once while another process replaces the eventfd without pause',
  clauses: ['IRQ-14', 'KRN-01'],
  needs: ['provoker'],
  run: async (bench) => {
    const file = bench.open();
    const a = armFresh(bench, file, 0, 'one eventfd');
    const b = bench.counter('the other eventfd');
    const replacer = await bench.actors.spawn(['replace'], file, a, b);
    const start = performance.now();
    let raised = 0;
    const goesOn = () => raised < FEWEST_REPLACED || performance.now() - start < REPLACED_MS;
    while (raised < REPLACED && goesOn()) {
      raised++;
      bench.raise(0);
      // One at a time: an interrupt that waits for the processor swallows the next of its vector.
      const got = signalled(bench.sys, [a, b], ARRIVAL_MS);
      expectThat(got.length > 0, `interrupt ${raised} was counted by neither eventfd`);
      const counted = got.reduce((sum, counter) => sum + takeCount(bench.sys, counter), 0);
      expectThat(counted === 1, `interrupt ${raised} was counted ${counted} times`);
    }
    await replacer.kill();
    expectQuiet(bench, [a, b], `${raised} interrupts were raised and counted`);
  },
});

/** What comes twice comes at once. */
const SHORT_SILENCE_MS = 3;

const MASKED = 40;

const maskAgainstRaise = defineCase({
  id: 'stress.mask-and-raise',
  title: 'each time a vector is unmasked after several raises there is one event',
  clauses: ['MASK-02', 'KRN-01'],
  needs: ['provoker', 'messages'],
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    for (let round = 1; round <= MASKED; round++) {
      file.mask(0);
      for (let n = 0; n < 3; n++) bench.raise(0);
      bench.sys.poll([], SHORT_SILENCE_MS); // some devices take a moment to raise
      file.unmask(0);
      awaitCount(bench.sys, counter, 1, ARRIVAL_MS);
      bench.sys.poll([], SHORT_SILENCE_MS);
      expectEqual(`events when vector 0 was unmasked in round ${round}`, takeCount(bench.sys, counter), 1);
    }
  },
});

export const stressCases = [maskAgainstRaise, setAgainstRaise, replaceAgainstRaise];
