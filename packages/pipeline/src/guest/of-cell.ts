// SPDX-License-Identifier: MIT
import { fileDigest, Written } from '@uio-msi/host';
import { findArch, findMachine, machineKey } from '@uio-msi/machine';
import { elsewhereAt } from '../plan/depth.js';
import { NAMED, openArtefacts } from '../run/artefacts.js';
import type { StageContext, StageInputs } from '../stage/stage.js';
import type { Tools } from '../stage/tools.js';
import type { Guest } from './guests.js';
import { guestLimits, jobOf, SELFTEST } from './job.js';

const names = ({ output }: StageInputs): Readonly<Record<string, string>> =>
  Object.fromEntries(NAMED.map((name) => [name, output('build', name)]));

// Whoever looks no further than whether it boots does without the kernel's selftests.
const testsToo = ({ wanted }: StageInputs): boolean => wanted.has('conform') || wanted.has('selftest');

/** Everything but the suite that can change what a cell's guests do. */
export const guestKey = async (inputs: StageInputs, tools: Tools): Promise<unknown> => {
  const { planned, output } = inputs;
  const arch = findArch(planned.cell.arch);
  const machines = planned.machines.map(findMachine);
  const { demands, depth } = planned;
  const tasks = { suite: true, selftests: testsToo(inputs), drivers: [], demands, depth };
  const jobs = machines.map((machine) => ({ machine, elsewhere: elsewhereAt(planned, machine.name) }));
  const asked = [arch.name, planned.machines, tasks, jobs.map(({ elsewhere }) => elsewhere)];
  return {
    artefacts: output('build', 'digest'),
    ...names(inputs),
    machines: await tools.once(
      `machines ${arch.name} ${planned.machines}`,
      async () => new Written(await Promise.all(machines.map((machine) => machineKey(arch, machine)))),
    ),
    jobs: await tools.once(
      `jobs ${JSON.stringify(asked)}`,
      async () => new Written(jobs.map(({ machine, elsewhere }) => jobOf(machine, { ...tasks, elsewhere }))),
    ),
    selftest: await tools.once(SELFTEST, () => fileDigest(SELFTEST)),
    base: await tools.baseImageName(arch.name),
    qemu: await tools.qemuVersion(arch.qemu),
    memory: demands.memory,
    limits: guestLimits(demands),
  };
};

/** A cell's guests, powered on, with the suite and the kernel's selftests when the run wants them. */
export const guestsFor = async (
  inputs: StageInputs,
  { state, tools, guests }: StageContext,
): Promise<readonly Guest[]> => {
  const artefacts = openArtefacts(state, {
    artefacts: inputs.output('build', 'artefacts'),
    ...names(inputs),
  });
  const selftests = testsToo(inputs) ? artefacts.selftests : [];
  return guests.on({ ...artefacts, selftests }, inputs.wanted.has('conform') ? await tools.suite() : null);
};
