// SPDX-License-Identifier: MIT
import type { Exploration } from '../model/exploration.js';
import type { Step } from '../pci/steps.js';
import type { Rig } from './rig.js';

/** What a case may know of the machine, besides the device that it is run on. */
export interface Machine {
  /** Every device of the run. */
  readonly rigs: readonly Rig[];
  /** The driver's parameters as the run found them, as the steps that set them again. */
  readonly parameters: readonly Step[];
  /** It was started for this run, by someone who sets nothing, and ends with it. */
  readonly disposable: boolean;
  /** How much is tried at random. */
  readonly exploration: Exploration;
}
