// SPDX-License-Identifier: MIT
import { openSync, readFileSync, writeSync } from 'node:fs';
import { release } from 'node:os';
import { stepsToKeepParameters } from '../bench/mode.js';
import { createRig } from '../bench/rig.js';
import { compare, interleave } from '../cost/compare.js';
import { medianRoundTrip } from '../cost/round-trips.js';
import { requireVfio, uioSide, vfioSide } from '../cost/sides.js';
import { noIommuParameter } from '../cost/vfio.js';
import { UserError } from '../errors.js';
import { take } from '../pci/steps.js';
import { KERNEL_ROOTS } from '../pci/sysfs.js';
import { requireRunnable, selectDevices } from '../run/select.js';
import { createLinuxSys } from '../sys/linux.js';
import { DRIVER } from '../uapi/uio-msi.js';

/** The options of `cost`, as commander gives them. */
export interface CostOptions {
  readonly device: readonly string[];
  readonly allKnown: boolean;
  readonly rounds: number;
  readonly samples: number;
  readonly stream?: string;
  readonly force: boolean;
}

const micro = (seconds: number): string => `${(seconds * 1e6).toFixed(1)} us`;

/**
 * Takes round trips through uio_msi and through vfio-pci in no-IOMMU mode, in turn, and compares them.
 *
 * @throws SuiteError when nothing was measured
 */
export const cost = async (options: CostOptions): Promise<number> => {
  const devices = selectDevices(KERNEL_ROOTS, {
    devices: options.device,
    allKnown: options.allKnown,
    force: options.force,
  });
  requireRunnable(KERNEL_ROOTS, DRIVER);
  requireVfio(KERNEL_ROOTS);
  const stream = options.stream === undefined ? null : openSync(options.stream, 'w');
  const sys = createLinuxSys();
  const noIommu = noIommuParameter(KERNEL_ROOTS);
  const parameters = [
    ...stepsToKeepParameters(KERNEL_ROOTS),
    { file: noIommu, value: readFileSync(noIommu, 'utf8').trim() },
  ];
  for (const device of devices) {
    const { bdf, model, interrupts } = device;
    if (model === null || interrupts !== 'msix') {
      throw new UserError(`${bdf} cannot be measured: the suite must know how to raise its MSI-X vectors`);
    }
    const rig = createRig({ ...device, roots: KERNEL_ROOTS });
    const setting = { sys, roots: KERNEL_ROOTS, bdf, model, samples: options.samples };
    const sides = { uio: uioSide(sys, KERNEL_ROOTS, bdf), vfio: vfioSide(sys, KERNEL_ROOTS, bdf) };
    try {
      const rounds = interleave(options.rounds, (side) => medianRoundTrip(setting, sides[side]));
      const result = compare(rounds);
      const { uio, vfio, ratio } = result;
      process.stdout.write(
        `${device.device} ${bdf}: uio_msi ${micro(uio)}, vfio-pci ${micro(vfio)}, ratio ${ratio.toFixed(3)} ` +
          `(medians of ${options.rounds} rounds of ${options.samples} round trips)\n`,
      );
      const record = { type: 'cost', version: 1, kernel: release(), device: device.device, bdf, ...result };
      const detail = { samples: options.samples, rounds };
      if (stream !== null) writeSync(stream, `${JSON.stringify({ ...record, ...detail })}\n`);
    } finally {
      rig.restore(device.original);
      take(parameters);
    }
  }
  return 0;
};
