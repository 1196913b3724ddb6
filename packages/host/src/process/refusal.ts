// SPDX-License-Identifier: MIT
import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { EnvironmentError } from '@uio-msi/model';
import type { CommandOptions } from './options.js';

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Makes sure that there is such a command, before it is run: an exit code of 127 afterwards
 * would not say whose it is.
 *
 * @throws {EnvironmentError} `command-not-found` when there is none
 */
export const requireCommand = (command: string, { cwd = '.', env }: CommandOptions = {}): void => {
  const path = env?.['PATH'] ?? process.env['PATH'] ?? '';
  const candidates = command.includes('/')
    ? [resolve(cwd, command)]
    : path.split(delimiter).map((dir) => join(dir, command));
  if (candidates.some(isExecutable)) return;
  throw new EnvironmentError({
    code: 'command-not-found',
    message: `${command}: no such command`,
    next: 'run ./uio-msi doctor: it names the package to install',
  });
};

/** A command that the system did not start at all: no such folder, no memory, too many processes. */
export const notStarted = (command: string, why: string): EnvironmentError =>
  new EnvironmentError({ code: 'command-not-started', message: `${command} could not be started`, why });

/** A command that wrote more than we keep. */
export const wroteTooMuch = (command: string, limit: number): EnvironmentError =>
  new EnvironmentError({
    code: 'command-wrote-too-much',
    message: `${command} wrote more than ${limit / 2 ** 20} MiB`,
    why: 'what is kept in memory has a limit; longer output belongs into a log',
  });
