// SPDX-License-Identifier: MIT
import { armAll, armEach, armFresh, expectDelivery, expectQuiet, expectSilence } from '../bench/delivery.js';
import { expectEqual } from '../bench/expect.js';
import { defineCase } from './define.js';

const replace = defineCase({
  id: 'irq.replace',
  title: 'another eventfd takes the place of the first',
  clauses: ['IRQ-04'],
  needs: ['provoker'],
  run: (bench) => {
    const file = bench.open();
    const first = armFresh(bench, file, 0, 'the first eventfd');
    const second = bench.counter('the second eventfd');
    expectDelivery(bench, 0, first, [first, second]);
    file.arm(0, second);
    expectDelivery(bench, 0, second, [first, second]);
    file.arm(0, first);
    expectDelivery(bench, 0, first, [first, second]);
    expectQuiet(bench, [first, second], 'Three interrupts were delivered');
  },
});

const failedReplace = defineCase({
  id: 'irq.failed-replace',
  title: 'a refused replacement leaves the first eventfd in place',
  clauses: ['IRQ-05', 'ARG-09'],
  needs: ['provoker'],
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0, 'the eventfd that was set before');
    const notAnEventfd = bench.closeLater(bench.sys.open('/dev/null', 0));
    const refusals = { [notAnEventfd]: 'EINVAL', [1 << 20]: 'EBADF', [-2]: 'EBADF' };
    for (const [fd, errno] of Object.entries(refusals)) {
      file.refuses(errno, 0, Number(fd));
      expectEqual(`vector 0 armed after ${errno} for fd ${fd}`, bench.rig.armedVectors().has(0), true);
      expectDelivery(bench, 0, counter);
    }
  },
});

const replaceSame = defineCase({
  id: 'irq.set-again',
  title: 'the same eventfd set twice is signalled once an interrupt',
  clauses: ['IRQ-06'],
  needs: ['provoker'],
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    file.arm(0, counter);
    expectDelivery(bench, 0, counter);
    expectQuiet(bench, [counter], 'One interrupt was delivered');
    file.disarm(0);
    expectSilence(bench, 0, [counter], 'disarmed once after it was armed twice');
  },
});

const disarm = defineCase({
  id: 'irq.disarm',
  title: 'fd -1 disarms a vector, and leaves the others alone',
  clauses: ['IRQ-07', 'IRQ-09'],
  needs: ['provoker', 'twoVectors'],
  run: (bench) => {
    const file = bench.open();
    const counters = armAll(bench, file);
    file.disarm(1);
    expectSilence(bench, 1, counters, 'which is disarmed');
    counters.forEach((counter, vector) => {
      if (vector !== 1) expectDelivery(bench, vector, counter, counters);
    });
  },
});

const disarmUnarmed = defineCase({
  id: 'irq.disarm-unarmed',
  title: 'disarming a vector that is not armed succeeds',
  clauses: ['IRQ-11'],
  run: (bench) => {
    const file = bench.open();
    for (const vector of bench.vectors) file.disarm(vector);
    file.arm(0, bench.counter('the eventfd'));
    file.disarm(0);
    file.disarm(0);
  },
});

const rearm = defineCase({
  id: 'irq.re-arm',
  title: 'a disarmed vector can be armed again and delivers',
  clauses: ['IRQ-12'],
  needs: ['provoker'],
  run: (bench) => {
    const file = bench.open();
    const counter = bench.counter('the eventfd');
    for (let round = 0; round < 3; round++) {
      armEach(bench, file, [[0, counter]]);
      expectDelivery(bench, 0, counter);
      file.disarm(0);
      expectSilence(bench, 0, [counter], 'which is disarmed');
    }
  },
});

const ownReference = defineCase({
  id: 'irq.eventfd-number-closed',
  title: 'a vector keeps its eventfd when the process closes the number it gave',
  clauses: ['IRQ-13'],
  needs: ['provoker'],
  run: (bench) => {
    const file = bench.open();
    armFresh(bench, file, 0);
    const kept = bench.counter('the eventfd under another number');
    const given = bench.sys.dup(kept.fd);
    file.arm(0, { fd: given, label: 'the eventfd' });
    bench.sys.close(given);
    expectDelivery(bench, 0, kept);
  },
});

export const mappingCases = [replace, failedReplace, replaceSame, disarm, disarmUnarmed, rearm, ownReference];
