// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bdf } from '../pci/address.js';
import { type Refusal, refusalOf } from '../pci/refusal.js';
import { stepsToBind, stepsToRestore, stepsToUnbind, take } from '../pci/steps.js';
import { boundDriver, deviceFolder, listPciDevices, type Roots, readPciDevice } from '../pci/sysfs.js';
import { DRIVER } from '../uapi/uio-msi.js';
import type { Bench } from './bench.js';
import { parameterFile } from './mode.js';
import { Skip } from './verdicts.js';

/** Parameters of the driver's module, and what to set them to. */
export interface Parameters {
  readonly raw_access: 'Y' | 'N';
  readonly raw_vfs: 'Y' | 'N';
}

/**
 * A device of the machine that the driver must refuse, and that nobody uses.
 * @throws Skip where there is none, or where no device but those of the run may be touched.
 */
export const findRefused = ({ rig: { roots }, machine }: Bench, kind: Refusal): Bdf => {
  if (!machine.disposable) throw new Skip('tries devices that were not named: run it with --disposable');
  const found = listPciDevices(roots).find(
    ({ bdf, driver }) =>
      driver === null && refusalOf(roots, bdf) === kind && (kind === 'bridge' || !isChipset(roots, bdf)),
  );
  if (found === undefined) throw new Skip(`this machine has no free device of this kind (${kind})`);
  return found.bdf;
};

/** Base class 6, "bridge": those without a bus behind them too, which are the machine itself. */
const isChipset = (roots: Roots, bdf: Bdf): boolean =>
  readFileSync(join(deviceFolder(roots, bdf), 'class'), 'utf8').startsWith('0x06');

/** Offers a free device to the driver with these parameters; says whether it took it. Undone after the case. */
export const offer = (bench: Bench, bdf: Bdf, parameters: Parameters): boolean => {
  const { roots } = bench.rig;
  const device = readPciDevice(roots, bdf);
  bench.later(() => take(stepsToRestore(roots, readPciDevice(roots, bdf), device)));
  bench.later(() => take(bench.machine.parameters));
  const settings = Object.entries(parameters).map(([name, value]) => ({
    file: parameterFile(roots, name),
    value,
  }));
  take([
    ...stepsToUnbind(roots, device),
    ...settings,
    ...stepsToBind(roots, { ...device, driver: null }, DRIVER),
  ]);
  return boundDriver(roots, bdf) === DRIVER;
};
