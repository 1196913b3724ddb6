// SPDX-License-Identifier: MIT
import { expectArmed, shownVectors } from '../bench/armed.js';
import { expectEqual, expectThat } from '../bench/expect.js';
import { Skip } from '../bench/verdicts.js';
import { COMMAND_MASTER } from '../pci/config-space.js';
import { stepsToOffer, take } from '../pci/steps.js';
import { readBinding, writeCommand } from '../pci/sysfs.js';
import { isLockedDown, lockdownOf } from '../preflight/security.js';
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

const leftMaster = defineCase({
  id: 'identity.bus-master-left-on',
  scope: 'device',
  title: 'a device that was left able to master the bus may not once it is bound',
  clauses: ['SYS-03'],
  run: (bench) => {
    const { roots, bdf } = bench.rig;
    if (isLockedDown(roots))
      throw new Skip(
        `a kernel that is locked down (${lockdownOf(roots)}) lets nobody write to a device's registers`,
      );
    const write = (change: (command: number) => number) =>
      writeCommand(roots, bdf, change(bench.rig.configSpace().command));
    bench.unbind();
    bench.later(() => write((command) => command & ~COMMAND_MASTER));
    write((command) => command | COMMAND_MASTER);
    bench.bind();
    expectEqual('bus mastering once it is bound', bench.rig.configSpace().busMaster, false);
    bench.close(bench.open());
    expectEqual('bus mastering after the last close', bench.rig.configSpace().busMaster, false);
  },
});

const declaresNothing = defineCase({
  id: 'identity.no-ids',
  scope: 'driver',
  title: 'the driver takes no device that was not given to it by name',
  clauses: ['SYS-07'],
  run: (bench) => {
    const { roots, bdf } = bench.rig;
    bench.unbind();
    // drivers_probe would offer it to drivers that know it; this asks one driver whether it does.
    const offered = stepsToOffer(roots, bdf, DRIVER);
    try {
      take(offered);
    } catch {
      // ENODEV: it does not.
    }
    expectEqual(
      `driver of ${bdf}, offered to ${DRIVER} while its driver_override is empty (and new_id was not written)`,
      readBinding(roots, bdf).driver,
      null,
    );
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

export const identityCases = [name, busMaster, leftMaster, declaresNothing, messages, interruptNames];
