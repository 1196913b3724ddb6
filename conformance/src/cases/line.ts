// SPDX-License-Identifier: MIT
import { expectDelivery, expectQuiet } from '../bench/delivery.js';
import { expectEqual, SUCCESS } from '../bench/expect.js';
import { armLine, expectMayDrive, expectOne } from '../bench/line.js';
import { CONTROL } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

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

export const lineCases = [masksItself, unmask, stillAsserted];
