// SPDX-License-Identifier: MIT
import { expectEqual, expectThat } from '../bench/expect.js';
import { readBars } from '../pci/sysfs.js';
import { DRIVER } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

const name = defineCase({
  id: 'identity.name',
  title: 'one UIO device, named after the driver, with a version',
  clauses: ['SYS-01'],
  run: ({ rig }) => {
    const { name, version } = rig.uio();
    expectEqual('sysfs name', name, DRIVER);
    expectThat(version !== '', 'sysfs version is empty');
  },
});

const maps = defineCase({
  id: 'identity.maps',
  title: 'each map is a whole memory BAR, named after it',
  clauses: ['SYS-02'],
  run: ({ rig }) => {
    const bars = readBars(rig.roots, rig.bdf);
    for (const map of rig.uio().maps) {
      const what = `map${map.index} (${map.name})`;
      const bar = bars.findIndex(
        ({ start, isMemory }) => isMemory && start === map.address + BigInt(map.offset),
      );
      expectThat(
        bar >= 0,
        `${what} at 0x${map.address.toString(16)} + ${map.offset} is no memory BAR of ${rig.bdf}`,
      );
      expectEqual(`name of ${what}`, map.name, `BAR${bar}`);
      expectThat(
        map.size >= (bars[bar]?.size ?? 0),
        `${what} has ${map.size} bytes, its BAR has ${bars[bar]?.size}`,
      );
    }
  },
});

/** MAX_UIO_MAPS, include/linux/uio_driver.h. */
const MOST_MAPS = 5;

const everyBar = defineCase({
  id: 'identity.every-bar',
  title: 'every memory BAR has a map, as far as UIO has room for them',
  clauses: ['SYS-07'],
  run: ({ rig }) => {
    const expected = readBars(rig.roots, rig.bdf)
      .map((bar, number) => ({ ...bar, name: `BAR${number}` }))
      .filter(({ start, size, isMemory }) => isMemory && start !== 0n && size > 0)
      .slice(0, MOST_MAPS)
      .map(({ name }) => name);
    const got = rig.uio().maps.map(({ name }) => name);
    expectEqual('maps', got.join(' '), expected.join(' '));
  },
});

const busMaster = defineCase({
  id: 'identity.bus-master',
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

const msix = defineCase({
  id: 'identity.msix-enabled',
  title: 'MSI-X is on while a file is open, and off after the last close',
  clauses: ['SYS-04'],
  run: (bench) => {
    const enabled = () => bench.rig.configSpace().msix?.enabled;
    expectEqual('MSI-X enabled before the first open', enabled(), false);
    const file = bench.open();
    expectEqual('MSI-X enabled while open', enabled(), true);
    bench.close(file);
    expectEqual('MSI-X enabled after the last close', enabled(), false);
  },
});

const interruptNames = defineCase({
  id: 'identity.interrupt-names',
  title: '/proc/interrupts names a vector while it is armed, and only then',
  clauses: ['SYS-05'],
  run: (bench) => {
    const armed = () => [...bench.rig.armedVectors().keys()].sort((a, b) => a - b).join(' ');
    const file = bench.open();
    expectEqual('vectors in /proc/interrupts after open', armed(), '');
    const counter = bench.counter('the eventfd of every vector');
    for (const vector of bench.vectors) file.arm(vector, counter);
    expectEqual('vectors in /proc/interrupts, all armed', armed(), bench.vectors.join(' '));
    file.disarm(0);
    expectEqual('vectors in /proc/interrupts, 0 disarmed', armed(), bench.vectors.slice(1).join(' '));
    bench.close(file);
    expectEqual('vectors in /proc/interrupts after the last close', armed(), '');
  },
});

export const identityCases = [name, maps, everyBar, busMaster, msix, interruptNames];
