// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import { armFresh, expectDelivery } from '../bench/delivery.js';
import { expectEqual } from '../bench/expect.js';
import { expectTriggered } from '../bench/software.js';
import { stepsToAllowMessages, take } from '../pci/steps.js';
import { TYPES } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

/** Which of a device's kinds of interrupts are switched on, in words. */
const enabled = (bench: Bench): string => {
  const { msix, msi, intx } = bench.rig.configSpace();
  const on = { 'MSI-X': msix?.enabled === true, MSI: msi?.enabled === true, INTx: intx?.disabled === false };
  const names = Object.entries(on).flatMap(([name, is]) => (is ? [name] : []));
  return names.join(' and ') || 'none';
};

const NAMES = { msix: 'MSI-X', msi: 'MSI', intx: 'INTx' } as const;

const best = defineCase({
  id: 'type.best-alone',
  scope: 'device',
  title: 'the best type that the device has is on while it is armed, and no other; closed, none is',
  clauses: ['TYPE-01', 'TYPE-02'],
  run: (bench) => {
    const { interrupts } = bench.rig;
    expectEqual('interrupts that are on before the open', enabled(bench), 'none');
    const file = bench.open();
    expectEqual('type by UIO_MSI_GET_INFO', file.info().type, TYPES[interrupts]);
    file.arm(0, bench.counter('the eventfd'));
    expectEqual('interrupts that are on while armed', enabled(bench), NAMES[interrupts]);
    bench.close(file);
    expectEqual('interrupts that are on after the last close', enabled(bench), 'none');
  },
});

const withoutMessages = defineCase({
  id: 'type.messages-forbidden',
  scope: 'device',
  title: 'a device that is kept from using messages (sysfs msi_bus) is served by its line',
  clauses: ['TYPE-03'],
  needs: ['provoker', 'line', 'messages'],
  run: (bench) => {
    bench.useLine();
    const file = bench.open();
    const { type, vectors } = file.info();
    expectEqual('type by UIO_MSI_GET_INFO', type, TYPES.intx);
    expectEqual('num_vectors', vectors, 1);
    const counter = armFresh(bench, file, 0);
    expectEqual('interrupts that are on while armed', enabled(bench), NAMES.intx);
    for (let round = 0; round < 3; round++) expectDelivery(bench, 0, counter);
    file.refuses('ERANGE', 1, counter.fd);
  },
});

const stays = defineCase({
  id: 'type.stays',
  scope: 'device',
  title: 'a device that may not use messages any more goes on using them while it is bound',
  clauses: ['TYPE-04'],
  needs: ['messages'],
  run: (bench) => {
    const { rig } = bench;
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    const { type } = file.info();
    const allowed = stepsToAllowMessages(rig.roots, rig.bdf, true);
    bench.later(() => take(allowed));
    take(stepsToAllowMessages(rig.roots, rig.bdf, false));
    expectEqual('type once messages are forbidden', file.info().type, type);
    expectEqual('interrupts that are on then', enabled(bench), NAMES[rig.interrupts]);
    expectTriggered(bench, file, 0, counter);
  },
});

export const typeCases = [best, withoutMessages, stays];
