// SPDX-License-Identifier: MIT
import { existsSync, readFileSync } from 'node:fs';
import type { Rig } from '../bench/rig.js';
import { type Step, showStep, stepsToRestore, take } from '../pci/steps.js';
import { KERNEL_ROOTS } from '../pci/sysfs.js';
import type { Executor } from '../run/protocol.js';
import type { Candidate } from '../run/select.js';
import { EXIT_CODES } from '../run/verdict.js';
import { DRIVER } from '../uapi/uio-msi.js';

/**
 * What became of giving devices back. `complained`: they are back, and the kernel says that
 * something is wrong. `hung`: the executor does not return, and can only be left.
 */
export type GivenBack = 'done' | 'complained' | 'refused' | 'hung';

const WORST: readonly GivenBack[] = ['hung', 'refused', 'complained', 'done'];

/** The exit code of a command that went well, by how giving the devices back went. */
export const WHEN_GIVEN_BACK: Readonly<Record<GivenBack, number>> = {
  done: 0,
  complained: EXIT_CODES.FAIL,
  refused: 3,
  hung: 3,
};

/** What a run borrows. */
export interface Borrowed {
  readonly devices: readonly Candidate[];
  /** What gives attributes of the devices the values they had. */
  readonly attributes: readonly Step[];
  /** What gives the driver's module parameters the values they had. */
  readonly parameters: readonly Step[];
}

/**
 * Gives the devices' attributes their values, each device back to the driver it had, and module
 * parameters their values. What cannot be done is told, as commands.
 */
export const giveBack = async (
  executor: Executor,
  borrowed: Borrowed,
  limitMs: number,
): Promise<GivenBack> => {
  const given = worstOf([
    giveAttributesBack(borrowed.attributes),
    await giveDevicesBack(executor, borrowed.devices, limitMs),
    giveParametersBack(borrowed.parameters),
  ]);
  if (given === 'refused' || given === 'hung') tellHowToRestore(borrowed);
  return given;
};

/** The same for a command that has no executor, because it binds the devices itself. */
export const giveBackDirectly = (
  borrowed: readonly { readonly device: Candidate; readonly rig: Rig }[],
  parameters: readonly Step[],
): GivenBack => {
  const given = worstOf([
    ...borrowed.map(({ device, rig }) => attempt(device.bdf, () => rig.restore(device.original))),
    giveParametersBack(parameters),
  ]);
  if (given !== 'done')
    tellHowToRestore({ devices: borrowed.map(({ device }) => device), attributes: [], parameters });
  return given;
};

/** Gives module parameters the values they had: no executor is needed for that, nor can it hang. */
export const giveParametersBack = (parameters: readonly Step[]): GivenBack =>
  worstOf(parameters.map((step) => attempt('module parameters', () => take([step]))));

/** Before the drivers come back, which look at them when they are bound. A device may be gone for good. */
const giveAttributesBack = (attributes: readonly Step[]): GivenBack =>
  worstOf(
    attributes
      .filter(({ file, value }) => existsSync(file) && readFileSync(file, 'utf8').trim() !== value)
      .map((step) => attempt('attributes', () => take([step]))),
  );

/** Does one thing of several, so that the others are done whatever becomes of it. */
const attempt = (what: string, give: () => void): GivenBack => {
  try {
    give();
    return 'done';
  } catch (error) {
    process.stderr.write(`uio-msi-conformance: giving ${what} back: ${String(error)}\n`);
    return 'refused';
  }
};

const worstOf = (seen: readonly GivenBack[]): GivenBack =>
  WORST.find((given) => seen.includes(given)) ?? 'done';

const giveDevicesBack = async (
  executor: Executor,
  devices: readonly Candidate[],
  limitMs: number,
): Promise<GivenBack> => {
  const seen: GivenBack[] = ['done'];
  for (const device of devices) {
    if (seen.includes('hung')) break;
    seen.push(await giveOneBack(executor, device, limitMs));
  }
  return worstOf(seen);
};

const giveOneBack = async (
  executor: Executor,
  { bdf, original }: Candidate,
  limitMs: number,
): Promise<GivenBack> => {
  try {
    const outcome = await executor.run({ kind: 'restore', bdf, original }, limitMs);
    if (outcome === null) return 'hung';
    if (outcome.verdict === 'PASS') return 'done';
    process.stderr.write(`uio-msi-conformance: giving ${bdf} back: ${outcome.message}\n`);
    return outcome.verdict === 'FAIL' ? 'complained' : 'refused';
  } catch (error) {
    process.stderr.write(`uio-msi-conformance: giving ${bdf} back: ${String(error)}\n`);
    return 'refused';
  }
};

/** Says on standard error which commands give the devices back. */
export const tellHowToRestore = ({ devices, attributes, parameters }: Borrowed): void => {
  process.stderr.write(
    'uio-msi-conformance: the devices could not be given back to their drivers. By hand:\n',
  );
  for (const step of [...attributes, ...devices.flatMap(restoreSteps), ...parameters])
    process.stderr.write(`  ${showStep(step)}\n`);
};

/** The steps that undo a run, from the driver under test. */
export const restoreSteps = ({ bdf, original }: Candidate) =>
  stepsToRestore(KERNEL_ROOTS, { bdf, id: '', driver: DRIVER, override: DRIVER }, original);
