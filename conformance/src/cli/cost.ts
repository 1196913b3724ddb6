// SPDX-License-Identifier: MIT
import { readFileSync, writeSync } from 'node:fs';
import { release } from 'node:os';
import { stepsToKeepParameters } from '../bench/mode.js';
import { createRig } from '../bench/rig.js';
import { compare, interleave, type Round } from '../cost/compare.js';
import { medianRoundTrip } from '../cost/round-trips.js';
import { requireVfio, uioSide, vfioSide } from '../cost/sides.js';
import { noIommuParameter } from '../cost/vfio.js';
import type { DeviceModel } from '../devices/device.js';
import { isPrompt } from '../devices/register-provoker.js';
import { EnvironmentError, UserError } from '../errors.js';
import type { Bdf } from '../pci/address.js';
import { KERNEL_ROOTS } from '../pci/sysfs.js';
import { requireRunnable } from '../preflight/runnable.js';
import { openForWriting } from '../report/open.js';
import type { Candidate } from '../run/select.js';
import { createLinuxSys } from '../sys/linux.js';
import { DRIVER } from '../uapi/uio-msi.js';
import type { DeviceOptions } from './device-options.js';
import { devicesOf } from './devices.js';
import { type GivenBack, giveBackDirectly, WHEN_GIVEN_BACK } from './give-back.js';
import { INTERRUPTED, listenForInterruption } from './interruption.js';

/** The options of `cost`, as commander gives them. */
export interface CostOptions extends DeviceOptions {
  readonly rounds: number;
  readonly samples: number;
  readonly stream?: string;
  readonly disposable: boolean;
}

const micro = (seconds: number): string => `${(seconds * 1e6).toFixed(1)} us`;

/**
 * Takes round trips through uio_msi and through vfio-pci in no-IOMMU mode, in turn, and compares them.
 *
 * @throws SuiteError when nothing was measured
 */
export const cost = async (options: CostOptions): Promise<number> => {
  if (!options.disposable) {
    throw new UserError(
      'VFIO without an IOMMU, and raw access, taint the kernel and protect nothing. On a machine made for this, add --disposable',
    );
  }
  const devices = devicesOf(options)
    .filter(({ model }) => isPrompt(model))
    .map(measurable);
  if (devices.length === 0)
    throw new UserError('The provokers of these devices pause: that is what would be measured');
  requireRunnable(KERNEL_ROOTS, DRIVER);
  requireVfio(KERNEL_ROOTS);
  const stream = options.stream === undefined ? null : openForWriting(options.stream);
  const { stop } = listenForInterruption();
  const noIommu = noIommuParameter(KERNEL_ROOTS);
  const parameters = [
    ...stepsToKeepParameters(KERNEL_ROOTS),
    { file: noIommu, value: readFileSync(noIommu, 'utf8').trim() },
  ];
  for (const { device, model } of devices) {
    const rig = createRig({ ...device, roots: KERNEL_ROOTS });
    let given: GivenBack = 'done';
    const rounds = await measure(device.bdf, model, options, stop).finally(() => {
      given = giveBackDirectly([{ device, rig }], parameters);
    });
    if (stop.aborted) return INTERRUPTED;
    tell(device, rounds, options, stream);
    if (WHEN_GIVEN_BACK[given] !== 0) return WHEN_GIVEN_BACK[given];
  }
  return 0;
};

/** @throws UserError when the suite cannot have the device raise a vector of MSI-X. */
const measurable = (device: Candidate): { device: Candidate; model: DeviceModel } => {
  const { bdf, model, interrupts } = device;
  if (model === null || interrupts !== 'msix')
    throw new UserError(`${bdf} cannot be measured: the suite must know how to raise its MSI-X vectors`);
  return { device, model };
};

const measure = async (
  bdf: Bdf,
  model: DeviceModel,
  { rounds, samples }: CostOptions,
  stop: AbortSignal,
): Promise<readonly Round[]> => {
  const sys = createLinuxSys();
  const setting = { sys, roots: KERNEL_ROOTS, bdf, model, samples };
  const sides = { uio: uioSide(sys, KERNEL_ROOTS, bdf), vfio: vfioSide(sys, KERNEL_ROOTS, bdf) };
  return interleave(rounds, (side) => medianRoundTrip(setting, sides[side]), stop);
};

const tell = (
  { device, bdf }: Candidate,
  rounds: readonly Round[],
  { samples }: CostOptions,
  stream: number | null,
): void => {
  const result = compare(rounds);
  const { uio, vfio, ratio } = result;
  if (!Number.isFinite(ratio))
    throw new EnvironmentError(`${bdf}: round trips of ${uio} s and ${vfio} s cannot be compared`);
  process.stdout.write(
    `${device} ${bdf}: uio_msi ${micro(uio)}, vfio-pci ${micro(vfio)}, ratio ${ratio.toFixed(3)} ` +
      `(medians of ${rounds.length} rounds of ${samples} round trips)\n`,
  );
  const record = { type: 'cost', version: 1, kernel: release(), device, bdf, ...result, samples, rounds };
  if (stream !== null) writeSync(stream, `${JSON.stringify(record)}\n`);
};
