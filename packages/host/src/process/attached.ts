// SPDX-License-Identifier: MIT
import { Interrupted } from '@uio-msi/model';
import { execa } from 'execa';
import { requireCommand } from './refusal.js';

/**
 * Runs a command that belongs to the person at our terminal: it can ask for a password, shows its
 * output there (on standard error), and gets Ctrl-C from the terminal itself. It is never ended by
 * us, also when we are: a package manager must not be, in the middle.
 *
 * @returns its exit code; null when a signal ended it
 * @throws {Interrupted} when `signal` has aborted, once the command has ended
 * @throws {EnvironmentError} `command-not-found`
 */
export const runAttached = async (
  command: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<number | null> => {
  requireCommand(command);
  const { exitCode } = await execa(command, args, {
    stdin: 'inherit',
    stdout: 2,
    stderr: 2,
    cleanup: false,
    reject: false,
  });
  if (signal?.aborted) throw new Interrupted(String(signal.reason));
  return exitCode ?? null;
};
