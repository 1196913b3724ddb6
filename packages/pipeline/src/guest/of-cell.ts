// SPDX-License-Identifier: MIT
import { basename } from 'node:path';
import { findArch, findMachine, machineKey } from '@uio-msi/machine';
import { openArtefacts } from '../run/artefacts.js';
import type { StageContext, StageInputs } from '../stage/stage.js';
import type { Tools } from '../stage/tools.js';
import type { Guest } from './guests.js';
import { LIMITS, SUITE_COMMAND } from './job.js';

/** Everything but the suite that can change what a cell's guests do. */
export const guestKey = async ({ planned, output }: StageInputs, tools: Tools): Promise<unknown> => {
  const arch = findArch(planned.cell.arch);
  return {
    artefacts: output('build', 'digest'),
    modules: planned.series.modules,
    machines: await Promise.all(planned.machines.map((name) => machineKey(arch, findMachine(name)))),
    job: SUITE_COMMAND,
    base: basename(await tools.baseImage()),
    qemu: await tools.qemuVersion(arch.qemu),
    limits: LIMITS,
  };
};

/** A cell's guests, powered on, with the suite when the run wants it. */
export const guestsFor = async (
  { planned, output, wanted }: StageInputs,
  { state, tools, guests }: StageContext,
): Promise<readonly Guest[]> => {
  const artefacts = openArtefacts(state.path(output('build', 'artefacts')), planned.series.modules);
  return guests.on(artefacts, wanted.has('conform') ? await tools.suite() : null);
};
