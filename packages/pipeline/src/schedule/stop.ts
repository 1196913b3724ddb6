// SPDX-License-Identifier: MIT
import { setMaxListeners } from 'node:events';
import { Interrupted } from '@uio-msi/model';

/** What ends a run before all is done, with a result: what was not done by then is MISS. */
export interface Stop {
  /** Aborts when the run is to stop, and when the user interrupts it. */
  readonly signal: AbortSignal;
  /** Why no more is to be done; null while there is more to do. */
  readonly why: () => string | null;
  /** Stops the run. */
  readonly stop: (why: string) => void;
  /** Seconds until the deadline; infinite without one. */
  readonly left: () => number;
  readonly end: () => void;
}

// Timers of Node.js hold at most 2^31 - 1 ms; a run that long has other troubles.
const LONGEST_MS = 2 ** 31 - 1;

/**
 * @param user aborts on Ctrl-C: then there is no result
 * @param deadline seconds from now, by a clock that nobody sets; null for none
 */
export const openStop = (user: AbortSignal, deadline: number | null): Stop => {
  const controller = new AbortController();
  const began = performance.now();
  const stop = (why: string): void => {
    if (!controller.signal.aborted) controller.abort(why);
  };
  const timer =
    deadline === null
      ? null
      : setTimeout(() => stop('the deadline came first'), Math.min(deadline * 1000, LONGEST_MS));
  timer?.unref();
  const signal = AbortSignal.any([user, controller.signal]);
  setMaxListeners(0, signal); // everyone who waits listens, and thousands may
  return {
    signal,
    why: () => (controller.signal.aborted && !user.aborted ? String(controller.signal.reason) : null),
    stop,
    left: () =>
      deadline === null ? Number.POSITIVE_INFINITY : deadline - (performance.now() - began) / 1000,
    end: () => {
      if (timer) clearTimeout(timer);
    },
  };
};

/** Whether an error came of a stop, and not of the user. */
export const isStopped = (error: unknown, stop: Pick<Stop, 'why'>): boolean =>
  error instanceof Interrupted && stop.why() !== null;
