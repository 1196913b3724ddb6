// SPDX-License-Identifier: MIT
import { findArch, findMachine, STANDARD_MACHINES, startGuest } from '@uio-msi/machine';
import { EXIT, UserError } from '@uio-msi/model';
import { exitCodeOf, openArtefacts } from '@uio-msi/pipeline';
import { renderSummary } from '@uio-msi/report';
import type { Outcome } from '../command/spec.js';
import type { CellOptions } from '../commands/options.js';
import type { World } from '../world/world.js';
import { runStages } from './check.js';

// A person may think for as long as he likes; a day is for those who forget the guest.
const LIMITS = { ready: 120, total: 86_400, silence: 86_400 };

/**
 * Builds a cell and gives the person at the terminal a shell in it.
 *
 * @throws {UserError} `no-terminal` when there is nobody to type
 */
export const openShell = async (options: CellOptions, world: World): Promise<Outcome> => {
  if (!process.stdin.isTTY)
    throw new UserError({
      code: 'no-terminal',
      message: 'a shell needs a terminal, and standard input is none',
      next: 'run it from a terminal, or leave --shell out',
    });
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
  const session = await startGuest(
    {
      arch: findArch('x86_64'),
      image,
      machine: findMachine((options.machines ?? STANDARD_MACHINES)[0] ?? ''),
      modules,
      files: [],
      job: 'shell',
      limits: LIMITS,
      consoleLog: state.path('runs', result.run, 'logs', 'shell.console'),
      terminal: { input: process.stdin, output: process.stdout },
    },
    { state, progress: world.progress, signal: world.signal },
  );
  const { message, exitCode } = await session.done;
  return { exitCode: EXIT.good, text: message, json: { version: 1, message, exitCode } };
};
