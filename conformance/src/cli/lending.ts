// SPDX-License-Identifier: MIT
import { createRig } from '../bench/rig.js';
import { startGuard } from '../journal/guard.js';
import { closeJournal, openJournal } from '../journal/journal.js';
import { ownProcess } from '../journal/owner.js';
import type { Step } from '../pci/steps.js';
import { KERNEL_ROOTS } from '../pci/sysfs.js';
import type { Candidate } from '../run/select.js';
import type { GivenBack } from './give-back.js';

/** What is borrowed, as it was. */
interface Lent {
  readonly devices: readonly Candidate[];
  readonly attributes: readonly Step[];
  readonly parameters: readonly Step[];
}

/** The time while a run has devices: should it be killed, they are given back all the same. */
export interface Lending {
  /** Giving back is over. What was not given back stays in the journal. */
  over(given: GivenBack): void;
}

/**
 * Writes down what will be borrowed, and has a second process watch over it; not on a machine that
 * ends with the run.
 *
 * @param onRefusal is called when something is still lent, which is then thrown
 * @throws EnvironmentError when something is still lent
 */
export const lend = (lent: Lent, disposable: boolean, onRefusal: () => void): Lending => {
  if (disposable) return { over: () => undefined };
  try {
    return begin(lent);
  } catch (error) {
    onRefusal();
    throw error;
  }
};

const begin = ({ devices, attributes, parameters }: Lent): Lending => {
  openJournal(
    {
      version: 1,
      owner: ownProcess(KERNEL_ROOTS),
      devices: devices.map((device) => ({
        bdf: device.bdf,
        ...device.original,
        mode: createRig({ ...device, roots: KERNEL_ROOTS }).mode(),
      })),
      attributes,
      parameters,
    },
    KERNEL_ROOTS,
  );
  const guard = startGuard(process.argv[1] ?? '');
  return {
    over: (given) => {
      if (given === 'done' || given === 'complained') closeJournal();
      else
        process.stderr.write(
          'uio-msi-conformance: or, when what holds them is gone: uio-msi-conformance restore\n',
        );
      guard.dismiss();
    },
  };
};
