// SPDX-License-Identifier: MIT
import { startGuest } from '@uio-msi/machine';
import { EXIT, UserError } from '@uio-msi/model';
import type { Outcome } from '../command/spec.js';
import type { GuestOptions } from '../commands/options.js';
import type { World } from '../world/world.js';
import { buildGuest } from './one-guest.js';

// A person may think for as long as he likes; a day is for those who forget the guest.
const DAY = 86_400;
const READY = 120;

/**
 * Builds a cell and gives the person at the terminal a shell in it.
 *
 * @throws {UserError} `no-terminal` when there is nobody to type, `more-than-one`
 */
export const openShell = async (options: GuestOptions, world: World): Promise<Outcome> => {
  if (!process.stdin.isTTY)
    throw new UserError({
      code: 'no-terminal',
      message: 'a shell needs a terminal, and standard input is none',
      next: 'run it from a terminal, or leave --shell out',
    });
  const built = await buildGuest(options, '--shell', world);
  if ('exitCode' in built) return built;
  const { guest, demands, state, run } = built;
  const session = await startGuest(
    {
      ...guest,
      memory: demands.memory,
      files: [],
      job: 'shell',
      limits: { ready: READY * demands.patience, total: DAY, silence: DAY },
      consoleLog: state.path('runs', run, 'logs', 'shell.console'),
      terminal: { input: process.stdin, output: process.stdout },
    },
    { state, progress: world.progress, signal: world.signal },
  );
  const { message, exitCode } = await session.done;
  return { exitCode: EXIT.good, text: message, json: { version: 1, message, exitCode } };
};
