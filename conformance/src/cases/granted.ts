// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import { expectEqual, expectThat } from '../bench/expect.js';
import { offer } from '../bench/subjects.js';
import { Skip } from '../bench/verdicts.js';
import type { Bdf } from '../pci/address.js';
import { refusalOf } from '../pci/refusal.js';
import { listPciDevices, messagesGranted, readConfigSpace } from '../pci/sysfs.js';
import { readUioDevice, uioNames } from '../pci/uio.js';
import { O_RDWR } from '../sys/constants.js';
import { TYPES } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

/** A device that nobody uses, with several messages of MSI: of these the kernel may grant fewer. */
const findSeveralMessages = ({ rig: { roots }, machine }: Bench): Bdf => {
  if (!machine.disposable) throw new Skip('tries devices that were not named: run it with --disposable');
  const found = listPciDevices(roots).find(({ bdf, driver }) => {
    if (driver !== null || refusalOf(roots, bdf) !== null) return false;
    const { msix, msi } = readConfigSpace(roots, bdf);
    return msix === null && msi !== null && msi.vectors > 1;
  });
  if (found === undefined) throw new Skip('this machine has no free device with several messages of MSI');
  return found.bdf;
};

const granted = defineCase({
  id: 'info.granted',
  title: 'of a device that was granted fewer messages than it has, those are counted, and each can be armed',
  clauses: ['INFO-04', 'ARG-03', 'ARG-04'],
  scope: 'machine',
  run: (bench) => {
    const { roots } = bench.rig;
    const bdf = findSeveralMessages(bench);
    expectThat(offer(bench, bdf, { raw_access: 'N', raw_vfs: 'N' }), `the driver did not take ${bdf}`);
    const [name = ''] = uioNames(roots, bdf);
    const file = bench.adopt(bench.sys.open(readUioDevice(roots, bdf, name).node, O_RDWR));
    const { type, vectors } = file.info();
    expectEqual(`type of ${bdf}`, type, TYPES.msi);
    expectEqual(
      `num_vectors of ${bdf}, which has ${readConfigSpace(roots, bdf).msi?.vectors}, against msi_irqs in sysfs`,
      vectors,
      messagesGranted(roots, bdf),
    );
    const counter = bench.counter('the eventfd of all vectors');
    for (let vector = 0; vector < vectors; vector++) file.arm(vector, counter);
    file.refuses('ERANGE', vectors, counter.fd);
    expectEqual(`num_armed of ${bdf}`, file.info().armed, vectors);
  },
});

export const grantedCases = [granted];
