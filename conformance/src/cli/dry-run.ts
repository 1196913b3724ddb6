// SPDX-License-Identifier: MIT
import { stepsToKeepParameters } from '../bench/mode.js';
import { stepsToTake } from '../bench/rig.js';
import { showStep, stepsToKeepAttributes } from '../pci/steps.js';
import { KERNEL_ROOTS, readPciDevice } from '../pci/sysfs.js';
import type { Candidate } from '../run/select.js';
import { DRIVER } from '../uapi/uio-msi.js';
import { restoreSteps } from './give-back.js';

/** Says every write that a run would do to the machine, and does nothing. Gives the exit code. */
export const dryRun = (devices: readonly Candidate[], cases: number): number => {
  for (const device of devices) {
    const { bdf, original } = device;
    const bind = stepsToTake(KERNEL_ROOTS, readPciDevice(KERNEL_ROOTS, bdf), 'raw');
    const lines = [
      `# ${bdf} (${device.device}): give it to ${DRIVER}, in raw mode; for cases in safe mode with N`,
      ...bind.map(showStep),
      `# run ${cases} cases, of which some unbind, rebind, or remove this device and rescan its bus`,
      `# give it back to ${original.driver ?? 'nobody'}`,
      ...[...stepsToKeepAttributes(KERNEL_ROOTS, bdf), ...restoreSteps(device)].map(showStep),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  const parameters = stepsToKeepParameters(KERNEL_ROOTS).map(showStep);
  process.stdout.write(
    `${['# give module parameters the values they have now', ...parameters].join('\n')}\n`,
  );
  return 0;
};
