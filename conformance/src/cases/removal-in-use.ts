// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import { armAll, armFresh, expectDelivery } from '../bench/delivery.js';
import { expectEqual, expectThat } from '../bench/expect.js';
import { FIRST_INHERITED, type SecondProcess } from '../bench/processes.js';
import { awaitSleeper, awaitSleepingProcess } from '../bench/sleepers.js';
import type { UioFile } from '../bench/uio-file.js';
import { Skip } from '../bench/verdicts.js';
import { slotOf } from '../pci/slot.js';
import { POLLERR, POLLIN } from '../sys/constants.js';
import { defineCase } from './define.js';

/** A second process that has mapped the first registers of the device, and reads one when asked. */
const spawnToucher = (bench: Bench, file: UioFile): Promise<SecondProcess> => {
  const [map] = bench.rig.uio().maps;
  expectThat(map !== undefined, 'the UIO device has no map');
  return bench.actors.spawn(['touch', String(bench.sys.pageSize), String(map?.offset)], file);
};

/** Expects that the process, which has a device mapped that is gone, dies of touching it. */
const expectBusError = async (child: SecondProcess, when: string): Promise<void> => {
  child.again();
  expectEqual(`a process that reads a register it mapped, ${when}`, await child.next(), 'SIGBUS');
};

const mappedUnbind = defineCase({
  id: 'rem.mapped-unbind',
  scope: 'core',
  title:
    'a mapping is revoked when the device is unbound: touching it gives SIGBUS, although it is bound anew',
  clauses: ['REM-08', 'REM-06'],
  needs: ['provoker'],
  run: async (bench) => {
    const file = bench.open();
    const toucher = await spawnToucher(bench, file);
    toucher.again();
    expectThat((await toucher.next()).startsWith('0x'), 'a mapped register cannot be read');
    bench.unbind();
    bench.bind();
    await expectBusError(toucher, 'after the device was unbound and bound again');
    const later = bench.open();
    expectDelivery(bench, 0, armFresh(bench, later, 0));
  },
});

const readWakes = defineCase({
  id: 'rem.read-wakes',
  scope: 'core',
  title: 'a process that waits in read wakes with EIO when the device is unbound',
  clauses: ['REM-04'],
  run: async (bench) => {
    const file = bench.open();
    const reader = await bench.actors.spawn(['read'], file);
    awaitSleepingProcess(bench.sys, reader.pid, 'read', FIRST_INHERITED);
    bench.unbind();
    expectEqual('the read that waited', await reader.next(), 'EIO');
  },
});

/** Takes the device away in some way while everything that can be done with it is being done. */
const expectTornDown = async (bench: Bench, takeAway: () => void, how: string): Promise<void> => {
  const file = bench.open();
  const { fd } = bench.counter('the eventfd');
  armAll(bench, file);
  const [toucher, reader] = await Promise.all([
    spawnToucher(bench, file),
    bench.actors.spawn(['read'], file),
  ]);
  awaitSleepingProcess(bench.sys, reader.pid, 'read', FIRST_INHERITED);
  const sleeper = bench.sys.pollAsync([{ fd: file.fd, events: POLLIN }], 5000);
  awaitSleeper(bench.sys, 'poll');
  takeAway();
  const [events = 0] = await sleeper;
  expectThat((events & POLLERR) !== 0, `poll woke with 0x${events.toString(16)}, expected POLLERR (0x8)`);
  expectEqual(`the read that waited, ${how}`, await reader.next(), 'EIO');
  await expectBusError(toucher, how);
  file.refuses('ENODEV', 0, fd);
  expectEqual(`vectors armed ${how}`, bench.rig.armedVectors().size, 0);
  bench.close(file);
};

const removedInUse = defineCase({
  id: 'rem.removed-in-use',
  title:
    'removed through sysfs while armed, mapped, polled and read: all is torn down at once, it comes back',
  clauses: ['REM-01', 'REM-02', 'REM-03', 'REM-04', 'REM-05', 'REM-06', 'REM-08'],
  needs: ['provoker'],
  run: async (bench) => {
    await expectTornDown(bench, () => bench.remove(), 'after the removal');
    bench.rescan();
    const file = bench.open();
    expectEqual('vectors armed after the rescan and open', bench.rig.armedVectors().size, 0);
    expectDelivery(bench, 0, armFresh(bench, file, 0));
  },
});

const surprise = defineCase({
  id: 'rem.surprise',
  scope: 'device',
  title: 'torn out of its slot while armed, mapped, polled and read: all is torn down, the close is harmless',
  clauses: ['REM-01', 'REM-02', 'REM-03', 'REM-04', 'REM-05', 'REM-08'],
  needs: ['provoker'],
  irreversible: 'device',
  run: (bench) => {
    if (slotOf(bench.rig.roots, bench.rig.bdf) === null)
      throw new Skip('the device is in no slot whose power can be switched off');
    return expectTornDown(bench, () => bench.tearOut(), 'after it was torn out');
  },
});

export const removalInUseCases = [mappedUnbind, readWakes, removedInUse];
export const surpriseCases = [surprise];
