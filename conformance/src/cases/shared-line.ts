// SPDX-License-Identifier: MIT
import { awaitCount, takeCount } from '../bench/counter.js';
import { ARRIVAL_MS, armFresh, expectDelivery, expectQuiet } from '../bench/delivery.js';
import { expectEqual, expectThat } from '../bench/expect.js';
import { countOf, lineOf, neighbourOf } from '../bench/shared-line.js';
import { defineCase } from './define.js';

const neighbour = defineCase({
  id: 'line.neighbour',
  scope: 'device',
  title: 'devices on one line: each gets its own interrupts alone, also while the other is masked',
  clauses: ['LINE-06'],
  needs: ['provoker', 'line'],
  run: (bench) => {
    const other = neighbourOf(bench);
    const ours = armFresh(bench, bench.open(), 0, 'our eventfd');
    const theirs = armFresh(other, other.open(), 0, "the neighbour's eventfd");
    const both = [ours, theirs];
    for (let round = 0; round < 20; round++) {
      expectDelivery(bench, 0, ours, both);
      // Ours asserts still, and is masked.
      expectDelivery(other, 0, theirs, both);
    }
    bench.assert();
    other.assert();
    expectQuiet(bench, both, 'Both asserted and neither was unmasked');
  },
});

/** Interrupts that nobody handles come at once and without end: the kernel gives up after 100000. */
const STORM = 1000;
const WHILE_MS = 300;

const leftAsserting = defineCase({
  id: 'line.left-asserting',
  scope: 'device',
  title: 'a device that asserts while it is disarmed or closed leaves the line to its neighbour',
  clauses: ['LINE-05', 'LINE-06'],
  needs: ['provoker', 'line'],
  run: (bench) => {
    const other = neighbourOf(bench);
    const line = lineOf(bench);
    const file = bench.open();
    const ours = armFresh(bench, file, 0, 'our eventfd');
    const theirs = armFresh(other, other.open(), 0, "the neighbour's eventfd");
    const expectCalm = (when: string) => {
      const before = countOf(bench, line);
      bench.sys.poll([], WHILE_MS);
      const more = countOf(bench, line) - before;
      expectThat(more < STORM, `irq ${line} came ${more} times within ${WHILE_MS} ms ${when}`);
      expectDelivery(other, 0, theirs, [ours, theirs]);
    };
    file.disarm(0);
    bench.assert();
    expectCalm('while our device asserts, disarmed');
    file.arm(0, ours);
    awaitCount(bench.sys, ours, 1, ARRIVAL_MS);
    expectEqual('events of arming it while it asserts', takeCount(bench.sys, ours), 1);
    expectCalm('while our device asserts, seen and not unmasked');
    bench.leaveAsserting();
    bench.close(file);
    expectCalm('while our device asserts, closed');
  },
});

export const sharedLineCases = [neighbour, leftAsserting];
