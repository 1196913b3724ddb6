// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import { armFresh, expectDelivery, expectQuiet } from '../bench/delivery.js';
import { expectEqual } from '../bench/expect.js';
import { armLine, expectMayDrive, expectOne } from '../bench/line.js';
import { leaveProcessorOf, letDrive, lineOf, neighbourOf, unclaimedOf } from '../bench/shared-line.js';
import { Failure } from '../bench/verdicts.js';
import { defineCase } from './define.js';

/** One is enough, if it is long enough to be an interrupt. */
const MOST_PULSES = 20;
const NOTED_MS = 5;

/** Has a device without a handler drive the line for an instant, until the kernel noted that nobody took it. */
const expectUnclaimed = (bench: Bench, other: Bench, line: string, when: string): void => {
  const before = unclaimedOf(bench, line);
  for (let pulse = 0; pulse < MOST_PULSES; pulse++) {
    other.assert();
    other.acknowledge(0);
    bench.sys.poll([], NOTED_MS);
    if (unclaimedOf(bench, line) !== before) return;
  }
  throw new Failure(
    `the neighbour asserted irq ${line}, for which it has no handler, ${MOST_PULSES} times ${when}: ` +
      `the driver took them for its own, /proc/irq/${line}/spurious says still ${before}`,
  );
};

const ROUNDS = 50;

const unclaimed = defineCase({
  id: 'line.unclaimed',
  scope: 'device',
  title: 'an interrupt of another device on the line is left to it, also while ours is masked and asserts',
  clauses: ['LINE-06', 'LINE-07'],
  needs: ['provoker', 'line'],
  run: (bench) => {
    const other = neighbourOf(bench);
    const line = lineOf(bench);
    const file = bench.open();
    const ours = armFresh(bench, file, 0, 'our eventfd');
    leaveProcessorOf(bench, line);
    const theirFile = other.open();
    other.getReady();
    other.acknowledge(0);
    bench.later(() => letDrive(other, false));
    letDrive(other, true);
    expectUnclaimed(bench, other, line, 'while ours is armed');
    file.mask(0);
    expectUnclaimed(bench, other, line, 'while ours is masked');
    bench.assert();
    expectUnclaimed(bench, other, line, 'while ours is masked and asserts');
    expectQuiet(bench, [ours], 'Another device asserted the line');
    letDrive(other, false);
    const theirs = armFresh(other, theirFile, 0, "the neighbour's eventfd");
    for (let round = 0; round < ROUNDS; round++) expectDelivery(other, 0, theirs, [ours, theirs]);
    file.unmask(0);
    expectOne(bench, ours, 'It was unmasked while the device still asserted');
  },
});

const unmaskedBehind = defineCase({
  id: 'line.unmasked-behind',
  title:
    'a masked device that somebody else lets drive its line is masked again at once, and signals nothing',
  clauses: ['LINE-08'],
  needs: ['provoker', 'line'],
  run: (bench) => {
    const { file, counter } = armLine(bench);
    leaveProcessorOf(bench, lineOf(bench));
    file.mask(0);
    bench.assert();
    letDrive(bench, true);
    expectQuiet(bench, [counter], 'Somebody else let the masked device drive its line');
    expectMayDrive(bench, 'after its interrupt', false);
    file.unmask(0);
    expectOne(bench, counter, 'It was unmasked while the device still asserted');
    expectEqual('it asserts still', bench.rig.configSpace().intx?.asserted, true);
  },
});

export const lineUnclaimedCases = [unclaimed, unmaskedBehind];
