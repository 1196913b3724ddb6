// SPDX-License-Identifier: MIT
import { basename } from 'node:path';
import { findArch, findMachine, machineKey } from '@uio-msi/machine';
import { openArtefacts } from '../run/artefacts.js';
import type { StageContext, StageInputs } from '../stage/stage.js';
import type { Tools } from '../stage/tools.js';
import { demandsOf } from './demands.js';
import type { Guest } from './guests.js';
import { guestLimits, suiteCommand } from './job.js';

const names = ({ output }: StageInputs) => ({
  modules: output('build', 'modules'),
  builtIn: output('build', 'builtIn'),
});

/** Everything but the suite that can change what a cell's guests do. */
export const guestKey = async (inputs: StageInputs, tools: Tools): Promise<unknown> => {
  const { planned, output } = inputs;
  const arch = findArch(planned.cell.arch);
  const demands = demandsOf(planned.fragments);
  return {
    artefacts: output('build', 'digest'),
    ...names(inputs),
    machines: await Promise.all(planned.machines.map((name) => machineKey(arch, findMachine(name)))),
    job: suiteCommand(demands),
    base: basename(await tools.baseImage()),
    qemu: await tools.qemuVersion(arch.qemu),
    memory: demands.memory,
    limits: guestLimits(demands),
  };
};

/** A cell's guests, powered on, with the suite when the run wants it. */
export const guestsFor = async (
  inputs: StageInputs,
  { state, tools, guests }: StageContext,
): Promise<readonly Guest[]> => {
  const artefacts = openArtefacts(state, {
    artefacts: inputs.output('build', 'artefacts'),
    ...names(inputs),
  });
  return guests.on(artefacts, inputs.wanted.has('conform') ? await tools.suite() : null);
};
