// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import { armAll, expectDelivery, expectQuiet } from '../bench/delivery.js';
import { expectEqual, expectThat, outcomeOf } from '../bench/expect.js';
import { awaitSleeper } from '../bench/sleepers.js';
import { interruptsOf } from '../pci/config-space.js';
import { enableCount } from '../pci/sysfs.js';
import { POLLERR, POLLIN } from '../sys/constants.js';
import { defineCase } from './define.js';

const expectSwitchedOff = (bench: Bench): void => {
  const { busMaster, msix, msi } = bench.rig.configSpace();
  expectEqual('MSI-X enabled after the unbind', msix?.enabled ?? false, false);
  expectEqual('MSI enabled after the unbind', msi?.enabled ?? false, false);
  expectEqual('bus mastering after the unbind', busMaster, false);
};

const unbindArmed = defineCase({
  id: 'rem.unbind-armed',
  title: 'unbinding an open device releases every vector, and the close afterwards is quiet',
  clauses: ['REM-01', 'REM-05'],
  run: (bench) => {
    const file = bench.open();
    armAll(bench, file);
    bench.unbind();
    expectEqual('vectors armed after the unbind', bench.rig.armedVectors().size, 0);
    expectSwitchedOff(bench);
    bench.close(file);
  },
});

const unbindClosed = defineCase({
  id: 'rem.unbind-closed',
  title: 'a device that nobody has open can be unbound and bound again, used before or not',
  clauses: ['REM-06', 'KRN-01'],
  run: (bench) => {
    const enabled = () => enableCount(bench.rig.roots, bench.rig.bdf);
    bench.unbind();
    const before = enabled();
    bench.bind();
    const file = bench.open();
    armAll(bench, file);
    bench.close(file);
    bench.unbind();
    expectSwitchedOff(bench);
    expectEqual('drivers that have the device enabled (sysfs enable) after the unbind', enabled(), before);
    bench.bind();
    const later = bench.open();
    expectEqual('vectors armed after the rebind and open', bench.rig.armedVectors().size, 0);
    later.arm(0, bench.counter('the eventfd'));
  },
});

const ioctl = defineCase({
  id: 'rem.ioctl',
  title: 'the operation fails with ENODEV once the device is gone',
  clauses: ['REM-02'],
  run: (bench) => {
    const file = bench.open();
    const counter = bench.counter('the eventfd');
    file.arm(0, counter);
    bench.unbind();
    file.refuses('ENODEV', 0, counter.fd);
    file.refuses('ENODEV', 0, -1);
    bench.bind();
    file.refuses('ENODEV', 0, counter.fd);
  },
});

const poll = defineCase({
  id: 'rem.poll-wakes',
  title: 'a thread that sleeps in poll on the file wakes with POLLERR',
  clauses: ['REM-03'],
  run: async (bench) => {
    const file = bench.open();
    const sleeper = bench.sys.pollAsync([{ fd: file.fd, events: POLLIN }], 5000);
    awaitSleeper(bench.sys, 'poll');
    const start = performance.now();
    bench.unbind();
    const [events = 0] = await sleeper;
    expectThat(
      (events & POLLERR) !== 0,
      `poll woke with events 0x${events.toString(16)}, expected POLLERR (0x8)`,
    );
    expectThat(performance.now() - start < 4000, 'poll slept on until its own time was over');
    const [later = 0] = bench.sys.poll([{ fd: file.fd, events: POLLIN }], 0);
    expectThat(
      (later & POLLERR) !== 0,
      `poll after the unbind gives 0x${later.toString(16)}, expected POLLERR (0x8)`,
    );
  },
});

const read = defineCase({
  id: 'rem.read',
  title: 'read fails with EIO once the device is gone',
  clauses: ['REM-04'],
  run: (bench) => {
    const file = bench.open();
    bench.unbind();
    expectEqual(
      'read of 4 bytes',
      outcomeOf(() => bench.sys.read(file.fd, 4)),
      'EIO',
    );
  },
});

const expectWorks = (bench: Bench, what: string): void => {
  const file = bench.open();
  expectEqual(`vectors armed after ${what} and open`, bench.rig.armedVectors().size, 0);
  const counters = armAll(bench, file);
  expectDelivery(bench, 0, counters[0] ?? bench.counter('none'), counters);
};

const rebind = defineCase({
  id: 'rem.rebind',
  title: 'a device bound again works, while a file of its former life is still open',
  clauses: ['REM-06'],
  needs: ['provoker'],
  run: (bench) => {
    const old = bench.open();
    const before = armAll(bench, old);
    const vectors = () => interruptsOf(bench.rig.configSpace())?.vectors;
    const had = vectors();
    bench.unbind();
    bench.bind();
    expectEqual('number of vectors after rebinding', vectors(), had);
    expectWorks(bench, 'rebinding');
    expectQuiet(bench, before, 'A vector was raised after rebinding');
    bench.close(old);
    expectEqual(
      'vectors armed after the old file is closed',
      bench.rig.armedVectors().size,
      bench.vectors.length,
    );
  },
});

const rescan = defineCase({
  id: 'rem.remove-and-rescan',
  scope: 'device',
  title: 'a device removed through sysfs while armed comes back and works',
  clauses: ['REM-01', 'REM-06'],
  needs: ['provoker'],
  run: (bench) => {
    armAll(bench, bench.open());
    bench.remove();
    bench.rescan();
    expectWorks(bench, 'removal');
  },
});

const cycles = defineCase({
  id: 'rem.many-rebinds',
  title: 'ten rounds of bind, arm, unbind leave nothing behind',
  clauses: ['REM-01', 'REM-06'],
  run: (bench) => {
    const counter = bench.counter('the eventfd of every vector');
    for (let round = 1; round <= 10; round++) {
      const file = bench.open();
      for (const vector of bench.vectors.slice(-8)) file.arm(vector, counter);
      bench.unbind();
      expectEqual(`vectors armed after unbind ${round}`, bench.rig.armedVectors().size, 0);
      bench.bind();
      bench.close(file);
    }
  },
});

export const removalCases = [unbindClosed, unbindArmed, ioctl, poll, read, rebind, rescan, cycles];
