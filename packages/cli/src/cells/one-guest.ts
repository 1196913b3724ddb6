// SPDX-License-Identifier: MIT
import { isCompiledOnly } from '@uio-msi/build';
import type { State } from '@uio-msi/host';
import { acceleratorOf, findArch, findMachine, type GuestSpec, STANDARD_MACHINES } from '@uio-msi/machine';
import { UserError } from '@uio-msi/model';
import { type Demands, demandsOf, exitCodeOf, openArtefacts } from '@uio-msi/pipeline';
import { renderSummary } from '@uio-msi/report';
import type { Outcome } from '../command/spec.js';
import type { GuestOptions } from '../commands/options.js';
import type { World } from '../world/world.js';
import { runStages } from './check.js';
import { type Choice, choose } from './choose.js';

/** What a guest that a person drives is made of. */
export interface BuiltGuest {
  readonly guest: Pick<GuestSpec, 'arch' | 'image' | 'machine' | 'modules' | 'accelerator'>;
  /** What its configuration asks for. */
  readonly demands: Demands;
  readonly state: State;
  /** The run's id: logs go to its folder. */
  readonly run: string;
}

/**
 * Builds the one cell that is chosen, for a guest.
 *
 * @param what the option that wants it: `--shell`
 * @returns what to say and end with, when there is nothing to boot
 * @throws {UserError} `more-than-one`, `nothing-to-boot`, `unknown-accelerator`, before anything is built
 */
export const buildGuest = async (
  options: GuestOptions,
  what: string,
  world: World,
): Promise<BuiltGuest | Outcome> => {
  const arch = findArch(options.arch ?? 'x86_64');
  const accelerator = options.accel === undefined ? {} : { accelerator: acceleratorOf(arch, options.accel) };
  const choice = await choose(options, world);
  requireOne({ ...choice, machines: options.machines ?? [] }, what);
  const result = await runStages(options, ['build'], world);
  const outputs = result.cells[0]?.stages.find(({ stage }) => stage === 'build')?.outputs;
  if (outputs?.['artefacts'] === undefined)
    return {
      exitCode: exitCodeOf(result.verdict),
      text: renderSummary(result, { colour: world.color, report: null }).trimEnd(),
      json: result,
    };
  const state = await world.openState();
  const { image, modules } = openArtefacts(state, outputs);
  return {
    guest: {
      arch,
      ...accelerator,
      image,
      machine: findMachine((options.machines ?? STANDARD_MACHINES)[0] ?? ''),
      modules,
    },
    demands: demandsOf(
      choice.configs.flatMap(({ fragments }) => fragments),
      arch.name,
    ),
    state,
    run: result.run,
  };
};

/**
 * Refuses what would take several guests: all but one of them would be left out without a word. Refuses
 * what gives none, too.
 *
 * @throws {UserError} `more-than-one`, `nothing-to-boot`
 */
export const requireOne = (choice: Pick<Choice, 'kernels' | 'configs' | 'machines'>, what: string): void => {
  const empty = choice.configs.find(({ fragments }) => isCompiledOnly(fragments));
  if (empty !== undefined)
    throw new UserError({
      code: 'nothing-to-boot',
      message: `${what} is for a guest, and of ${empty.name} only what the series touches is compiled`,
      next: 'name another configuration: --config minimal',
    });
  for (const axis of ['kernels', 'configs', 'machines'] as const) {
    const { length } = choice[axis];
    if (length > 1)
      throw new UserError({
        code: 'more-than-one',
        message: `${what} is for one guest, and ${length} ${axis} are named`,
        next: 'name one, and run the command once for each',
      });
  }
};
