// SPDX-License-Identifier: MIT
import { existsSync, readFileSync } from 'node:fs';
import { stepsToTake } from '../bench/rig.js';
import { type Step, showStep, stepsToRescan, stepsToRestore, take } from '../pci/steps.js';
import { deviceFolder, type Roots, readPciDevice } from '../pci/sysfs.js';
import { DRIVER } from '../uapi/uio-msi.js';
import type { BorrowedDevice, Journal } from './journal.js';

/** A part of giving back: its steps are worked out when its turn comes, from how things are then. */
interface Part {
  readonly what: string;
  readonly steps: () => readonly Step[];
}

/** What came of giving back: the steps that were taken, and for each part that failed why. */
export interface Restored {
  readonly steps: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Makes the machine as the journal says it was; each part whatever becomes of the others. A part
 * that is as it was already needs no step, so that it can be done again.
 *
 * @param act takes the steps, or only shows them
 */
export const restore = (
  journal: Journal,
  roots: Roots,
  act: (steps: readonly Step[]) => void = take,
): Restored => {
  const steps: string[] = [];
  const problems: string[] = [];
  for (const part of partsOf(journal, roots)) {
    try {
      const wanted = part.steps();
      act(wanted);
      steps.push(...wanted.map(showStep));
    } catch (error) {
      problems.push(`${part.what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { steps, problems };
};

const partsOf = ({ devices, attributes, parameters }: Journal, roots: Roots): Part[] => [
  ...devices.map((device) => ({
    what: device.bdf,
    steps: () => (existsSync(deviceFolder(roots, device.bdf)) ? [] : stepsToRescan(roots, device.bdf)),
  })),
  // A device that is gone for good has no attributes.
  ...attributes.map((step) => ({
    what: step.file,
    steps: () => (existsSync(step.file) ? unlessSo(step) : []),
  })),
  ...devices.map((device) => ({ what: device.bdf, steps: () => stepsToGiveBack(device, roots) })),
  ...parameters.map((step) => ({ what: step.file, steps: () => unlessSo(step) })),
];

/** Some attributes log whatever is written to them. */
const unlessSo = (step: Step): Step[] =>
  readFileSync(step.file, 'utf8').trim() === step.value ? [] : [step];

const stepsToGiveBack = (original: BorrowedDevice, roots: Roots): Step[] => {
  const { bdf, mode } = original;
  if (!existsSync(deviceFolder(roots, bdf)))
    throw new Error('it is not on the bus, and the kernel did not find it again. Was it pulled out?');
  const device = readPciDevice(roots, bdf);
  if (original.driver !== DRIVER) return stepsToRestore(roots, device, original);
  // Its mode is that of the moment when it was bound.
  return [
    ...stepsToTake(roots, device, mode),
    ...stepsToRestore(roots, { ...device, driver: DRIVER }, original),
  ];
};
