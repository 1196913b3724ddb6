// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import { awaitCount, type Counter, takeCount } from '../bench/counter.js';
import { ARRIVAL_MS, armFresh, expectDelivery, expectQuiet } from '../bench/delivery.js';
import { expectEqual, SUCCESS } from '../bench/expect.js';
import type { UioFile } from '../bench/uio-file.js';
import { CONTROL } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

/** A file of a device that interrupts by its line, with its vector armed. */
interface Line {
  readonly file: UioFile;
  readonly counter: Counter;
}

const armLine = (bench: Bench): Line => {
  bench.useLine();
  const file = bench.open();
  return { file, counter: armFresh(bench, file, 0) };
};

/** Whether the device may drive its line: bit DisINTx of its command register. */
const expectMayDrive = (bench: Bench, when: string, expected: boolean): void =>
  expectEqual(`the device may drive its line ${when}`, bench.rig.configSpace().intx?.disabled, !expected);

/** Expects one event, read from the counter, and no second one soon. */
const expectOne = (bench: Bench, counter: Counter, what: string): void => {
  awaitCount(bench.sys, counter, 1, ARRIVAL_MS);
  expectEqual(`${what}: events`, takeCount(bench.sys, counter), 1);
  expectQuiet(bench, [counter], what);
};

const masksItself = defineCase({
  id: 'line.masks-itself',
  title: 'an interrupt is one event, although the device goes on asserting, and masks the vector',
  clauses: ['LINE-01'],
  needs: ['provoker', 'line'],
  run: (bench) => {
    const { counter } = armLine(bench);
    expectMayDrive(bench, 'once it is armed', true);
    bench.assert();
    expectOne(bench, counter, 'The device asserted its line once');
    expectEqual('it asserts still', bench.rig.configSpace().intx?.asserted, true);
    expectMayDrive(bench, 'after an interrupt', false);
    bench.acknowledge(0);
    bench.assert();
    expectQuiet(bench, [counter], 'It asserted again, not unmasked yet');
  },
});

const unmask = defineCase({
  id: 'line.unmask',
  title: 'UIO_MSI_IRQ_UNMASK lets the next interrupt through, and so does writing 1',
  clauses: ['LINE-02'],
  needs: ['provoker', 'line'],
  run: (bench) => {
    const { file, counter } = armLine(bench);
    const ways: Readonly<Record<string, () => void>> = {
      UIO_MSI_IRQ_UNMASK: () => file.unmask(0),
      'writing 1': () => expectEqual('write 1', file.write(CONTROL.unmask), SUCCESS),
    };
    for (let round = 1; round <= 5; round++) {
      for (const [what, rearm] of Object.entries(ways)) {
        bench.assert();
        expectOne(bench, counter, `Interrupt before ${what}, round ${round}`);
        bench.acknowledge(0);
        rearm();
        expectMayDrive(bench, `after ${what}`, true);
        expectQuiet(bench, [counter], `Nothing is asserted at ${what}`);
      }
    }
  },
});

const stillAsserted = defineCase({
  id: 'line.still-asserted',
  title: 'a line still asserted when it is unmasked is one more event, and stays masked',
  clauses: ['LINE-03'],
  needs: ['provoker', 'line'],
  run: (bench) => {
    const { file, counter } = armLine(bench);
    bench.assert();
    expectOne(bench, counter, 'The device asserted its line');
    for (const rearm of [() => file.unmask(0), () => file.write(CONTROL.unmask), () => file.unmask(0)]) {
      rearm();
      expectOne(bench, counter, 'It was unmasked while the device still asserted');
      expectMayDrive(bench, 'after that event', false);
    }
    bench.acknowledge(0);
    file.unmask(0);
    expectQuiet(bench, [counter], 'It was unmasked after the device let go');
    expectDelivery(bench, 0, counter);
  },
});

const masked = defineCase({
  id: 'line.masked',
  title: 'a masked line signals nothing; what it asserts meanwhile is one event when it is unmasked',
  clauses: ['LINE-04'],
  needs: ['provoker', 'line'],
  run: (bench) => {
    const { file, counter } = armLine(bench);
    const ways: Readonly<Record<string, () => void>> = {
      UIO_MSI_IRQ_MASK: () => file.mask(0),
      'writing 0': () => expectEqual('write 0', file.write(CONTROL.mask), SUCCESS),
    };
    for (const [what, mask] of Object.entries(ways)) {
      mask();
      expectMayDrive(bench, `after ${what}`, false);
      mask();
      bench.assert();
      expectQuiet(bench, [counter], `Asserted after ${what}`);
      file.unmask(0);
      expectOne(bench, counter, 'Unmasked while it asserts');
      bench.acknowledge(0);
      file.unmask(0);
      file.unmask(0);
      expectQuiet(bench, [counter], 'Nothing is asserted any more');
      expectDelivery(bench, 0, counter);
      bench.acknowledge(0);
      file.unmask(0);
    }
  },
});

const replaced = defineCase({
  id: 'line.replaced',
  title: 'another eventfd on a line that masked itself: it stays masked until it is unmasked',
  clauses: ['LINE-01', 'IRQ-04'],
  needs: ['provoker', 'line'],
  run: (bench) => {
    const { file, counter } = armLine(bench);
    const second = bench.counter('the second eventfd');
    bench.assert();
    expectOne(bench, counter, 'The device asserted its line');
    file.arm(0, second);
    expectQuiet(bench, [counter, second], 'Its eventfd was replaced');
    expectMayDrive(bench, 'after the replacement', false);
    file.unmask(0);
    expectOne(bench, second, 'It was unmasked while the device still asserted');
    expectQuiet(bench, [counter], 'It was replaced');
  },
});

const offUnlessArmed = defineCase({
  id: 'line.off-unless-armed',
  title: 'the device may not drive its line while it is not armed: bound, open, disarmed, closed, unbound',
  clauses: ['LINE-05'],
  needs: ['provoker', 'line'],
  run: (bench) => {
    bench.useLine();
    expectMayDrive(bench, 'once it is bound', false);
    const file = bench.open();
    expectMayDrive(bench, 'once it is open', false);
    const counter = armFresh(bench, file, 0);
    expectMayDrive(bench, 'once it is armed', true);
    file.disarm(0);
    expectMayDrive(bench, 'once it is disarmed', false);
    bench.assert();
    expectQuiet(bench, [counter], 'Asserted while disarmed');
    file.arm(0, counter);
    expectOne(bench, counter, 'Armed while the device asserts');
    file.disarm(0);
    bench.acknowledge(0);
    file.arm(0, counter);
    bench.close(file);
    expectMayDrive(bench, 'after the last close', false);
    const later = bench.open();
    armFresh(bench, later, 0);
    bench.unbind();
    expectMayDrive(bench, 'after the unbind', false);
  },
});

export const lineCases = [masksItself, unmask, stillAsserted, masked, replaced, offUnlessArmed];
