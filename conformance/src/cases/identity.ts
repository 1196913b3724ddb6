// SPDX-License-Identifier: MIT
import { expectArmed, shownVectors } from '../bench/armed.js';
import { expectEqual, expectThat } from '../bench/expect.js';
import { DRIVER } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

const name = defineCase({
  id: 'identity.name',
  scope: 'device',
  title: 'one UIO device, named after the driver, with a version',
  clauses: ['SYS-01'],
  run: ({ rig }) => {
    const { name, version } = rig.uio();
    expectEqual('sysfs name', name, DRIVER);
    expectThat(version !== '', 'sysfs version is empty');
  },
});

const busMaster = defineCase({
  id: 'identity.bus-master',
  scope: 'device',
  title: 'bus mastering is on while a file is open, and off after the last close',
  clauses: ['SYS-03'],
  run: (bench) => {
    expectEqual('bus mastering before the first open', bench.rig.configSpace().busMaster, false);
    const file = bench.open();
    expectEqual('bus mastering while open', bench.rig.configSpace().busMaster, true);
    bench.close(file);
    expectEqual('bus mastering after the last close', bench.rig.configSpace().busMaster, false);
  },
});

const messages = defineCase({
  id: 'identity.messages-enabled',
  scope: 'device',
  title: 'MSI-X, or MSI, is on while a file is open, and off after the last close',
  clauses: ['SYS-04'],
  needs: ['messages'],
  run: (bench) => {
    const enabled = () => {
      const { msix, msi } = bench.rig.configSpace();
      return (msix ?? msi)?.enabled;
    };
    expectEqual('messages enabled before the first open', enabled(), false);
    const file = bench.open();
    expectEqual('messages enabled while open', enabled(), true);
    bench.close(file);
    expectEqual('messages enabled after the last close', enabled(), false);
  },
});

const interruptNames = defineCase({
  id: 'identity.interrupt-names',
  scope: 'device',
  title: '/proc/interrupts names a vector while it is armed, and with MSI until the file ends',
  clauses: ['SYS-05'],
  run: (bench) => {
    const file = bench.open();
    expectEqual('vectors in /proc/interrupts after open', shownVectors(bench).join(' '), '');
    const counter = bench.counter('the eventfd of every vector');
    for (const vector of bench.vectors) file.arm(vector, counter);
    expectArmed(bench, file, bench.vectors, 'when all are armed');
    file.disarm(0);
    expectArmed(bench, file, bench.vectors.slice(1), 'when 0 is disarmed');
    const kept = bench.rig.interrupts === 'msi' ? bench.vectors : bench.vectors.slice(1);
    expectEqual('vectors in /proc/interrupts then', shownVectors(bench).join(' '), kept.join(' '));
    bench.close(file);
    expectEqual('vectors in /proc/interrupts after the last close', shownVectors(bench).join(' '), '');
  },
});

export const identityCases = [name, busMaster, messages, interruptNames];
