// SPDX-License-Identifier: MIT
import { basename } from 'node:path';
import { DEVICES, findArch, findMachine } from '@uio-msi/machine';
import { openArtefacts } from '../run/artefacts.js';
import type { StageContext, StageInputs } from '../stage/stage.js';
import type { Tools } from '../stage/tools.js';
import type { Guest } from './guests.js';
import { LIMITS } from './job.js';

/** Everything but the suite that can change what a cell's guests do. */
export const guestKey = async ({ planned, output }: StageInputs, tools: Tools): Promise<unknown> => {
  const arch = findArch(planned.cell.arch);
  const machines = planned.machines.map(findMachine);
  return {
    artefacts: output('build', 'digest'),
    modules: planned.series.modules,
    arch,
    machines: machines.map(({ name, devices }) => [name, devices.map((device) => DEVICES[device].argument)]),
    base: basename(await tools.baseImage()),
    qemu: await tools.qemuVersion(arch.qemu),
    limits: LIMITS,
  };
};

/** A cell's guests, powered on, with the suite when the run wants it. */
export const guestsFor = async (
  { planned, output }: StageInputs,
  { state, tools, guests, wanted }: StageContext,
): Promise<readonly Guest[]> => {
  const artefacts = openArtefacts(state.path(output('build', 'artefacts')), planned.series.modules);
  return guests.on(artefacts, wanted.has('conform') ? await tools.suite() : null);
};
