// SPDX-License-Identifier: MIT
import { EnvironmentError } from '../errors.js';

/** The exit code of a command that was interrupted: 128 and SIGINT, as of a shell. */
export const INTERRUPTED = 130;

/** What can end a run before its time. */
export interface Interruption {
  /** Aborted when no further case shall begin. */
  readonly stop: AbortSignal;
  /** Why the results reach nobody any more; null while they do. */
  readonly outputLost: () => EnvironmentError | null;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Listens for signals, and for the end of whoever reads standard output. None ends the process at
 * once, because it has devices to give back; a second signal of the same kind does.
 */
export const listenForInterruption = (): Interruption => {
  const controller = new AbortController();
  let lost: EnvironmentError | null = null;
  const onSignal = () => {
    process.stderr.write(
      'uio-msi-conformance: interrupted; finishing what is under way and giving the devices back\n',
    );
    controller.abort();
  };
  for (const signal of SIGNALS) process.once(signal, onSignal);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    lost ??= new EnvironmentError(`Cannot write to standard output: ${error.code ?? error.message}`);
    controller.abort();
  });
  // After a hangup there may be no terminal to write to, and nobody left to tell.
  process.stderr.on('error', () => undefined);
  return { stop: controller.signal, outputLost: () => lost };
};
