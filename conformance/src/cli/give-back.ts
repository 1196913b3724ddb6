// SPDX-License-Identifier: MIT
import { showStep, stepsToRestore } from '../pci/steps.js';
import { KERNEL_ROOTS } from '../pci/sysfs.js';
import type { Executor } from '../run/protocol.js';
import type { Candidate } from '../run/select.js';
import { DRIVER } from '../uapi/uio-msi.js';

/** What became of giving devices back. `hung`: the executor does not return, and can only be left. */
export type GivenBack = 'done' | 'refused' | 'hung';

/** Gives each device back to the driver it had. What cannot be done is told, as commands. */
export const giveBack = async (
  executor: Executor,
  devices: readonly Candidate[],
  limitMs: number,
): Promise<GivenBack> => {
  let worst: GivenBack = 'done';
  for (const { bdf, original } of devices) {
    try {
      const outcome = await executor.run({ kind: 'restore', bdf, original }, limitMs);
      if (outcome === null) worst = 'hung';
      else if (outcome.verdict !== 'PASS' && worst === 'done') worst = 'refused';
    } catch {
      // The executor is dead: it will not answer for the others either.
      worst = 'refused';
    }
    if (worst === 'hung') break;
  }
  if (worst !== 'done') tellHowToRestore(devices);
  return worst;
};

/** Says on standard error which commands give the devices back. */
export const tellHowToRestore = (devices: readonly Candidate[]): void => {
  process.stderr.write(
    'uio-msi-conformance: the devices could not be given back to their drivers. By hand:\n',
  );
  for (const step of devices.flatMap(restoreSteps)) process.stderr.write(`  ${showStep(step)}\n`);
};

/** The steps that undo a run, from the driver under test. */
export const restoreSteps = ({ bdf, original }: Candidate) =>
  stepsToRestore(KERNEL_ROOTS, { bdf, id: '', driver: DRIVER, override: DRIVER }, original);
