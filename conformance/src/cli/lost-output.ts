// SPDX-License-Identifier: MIT
import type { Writable } from 'node:stream';

const ENVIRONMENT = 3;

/** The exit code of a command that ended with `code`, when all it said was written; else that of the environment. */
export type ExitCode = (code: number) => number;

/**
 * Watches the standard output of commands that do not do so themselves: a full disk is told in a
 * sentence. That a reader, as head(1), has seen enough is nobody's fault.
 *
 * @param late gets the exit code when that is known only after the command has ended
 */
export const watchOutput = (out: Writable, err: Writable, late: (code: number) => void): ExitCode => {
  let lost = false;
  const own = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE' || lost || out.listeners('error').some((listener) => listener !== own)) return;
    lost = true;
    err.write(`uio-msi-conformance: Cannot write to standard output: ${error.code ?? error.message}\n`);
    late(ENVIRONMENT);
  };
  out.on('error', own);
  return (code) => (lost ? ENVIRONMENT : code);
};
