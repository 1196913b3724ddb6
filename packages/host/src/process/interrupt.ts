// SPDX-License-Identifier: MIT
import { setMaxListeners } from 'node:events';

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `work` with a signal that aborts on Ctrl-C, SIGTERM and SIGHUP, its reason the signal's
 * name. A second Ctrl-C ends the process at once.
 */
export const withInterrupt = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal); // each command under way listens
  const onSignal = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(name);
  };
  for (const name of ENDING) process.on(name, onSignal);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of ENDING) process.off(name, onSignal);
  }
};
