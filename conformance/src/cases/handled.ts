// SPDX-License-Identifier: MIT
import { armFresh, expectDelivery } from '../bench/delivery.js';
import { expectThat } from '../bench/expect.js';
import { unclaimedOf } from '../bench/shared-line.js';
import { Failure } from '../bench/verdicts.js';
import { defineCase } from './define.js';

const ROUNDS = 10;
/** The kernel takes its note once the handler has returned. */
const NOTED_MS = 5;

const handled = defineCase({
  id: 'irq.handled',
  title: 'the kernel notes none of the interrupts as one that nobody handled',
  clauses: ['IRQ-15'],
  needs: ['provoker'],
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    const irq = bench.rig.armedVectors().get(0)?.irq;
    if (irq === undefined) throw new Failure('vector 0 is armed, and /proc/interrupts has no line of it');
    let unhandled = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const before = unclaimedOf(bench, irq);
      expectDelivery(bench, 0, counter);
      bench.sys.poll([], NOTED_MS);
      if (unclaimedOf(bench, irq) !== before) unhandled++;
    }
    // A line may be seen a moment after it was let go of.
    const most = bench.rig.hasLine() ? 1 : 0;
    expectThat(
      unhandled <= most,
      `the handler says of ${unhandled} of ${ROUNDS} interrupts that they are not its own, though it signalled them: ` +
        `the kernel switches irq ${irq} off after 99900 of 100000 (/proc/irq/${irq}/spurious)`,
    );
  },
});

export const handledCases = [handled];
