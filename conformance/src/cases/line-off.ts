// SPDX-License-Identifier: MIT
import { armFresh, expectDelivery, expectQuiet } from '../bench/delivery.js';
import { expectEqual, SUCCESS } from '../bench/expect.js';
import { armLine, expectMayDrive, expectOne } from '../bench/line.js';
import { CONTROL } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

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

const triggered = defineCase({
  id: 'line.triggered',
  title: 'triggering the vector neither masks the line nor unmasks it',
  clauses: ['TRIGGER-02', 'TRIGGER-03'],
  needs: ['provoker', 'line'],
  run: (bench) => {
    const { file, counter } = armLine(bench);
    file.trigger(0);
    expectOne(bench, counter, 'The vector was triggered');
    expectMayDrive(bench, 'after a trigger', true);
    bench.assert();
    expectOne(bench, counter, 'The device asserted its line');
    file.trigger(0);
    expectOne(bench, counter, 'The vector was triggered while it is masked');
    expectMayDrive(bench, 'after a trigger while masked', false);
    bench.acknowledge(0);
    file.unmask(0);
    expectDelivery(bench, 0, counter);
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

export const lineOffCases = [masked, replaced, triggered, offUnlessArmed];
