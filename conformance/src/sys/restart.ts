// SPDX-License-Identifier: MIT
import { SysError } from './errno.js';

/*
 * poll(2) and epoll_wait(2) are never restarted by the kernel after a signal handler ran (signal(7)),
 * and Node has some. `timeoutMs` is theirs: negative means for ever. A call gets what is left of it.
 */

/** Makes the call until a signal does not interrupt it. */
export const restarting = (timeoutMs: number, call: (leftMs: number) => number): number => {
  const left = countdown(timeoutMs);
  for (;;) {
    try {
      return call(left());
    } catch (error) {
      if (!(error instanceof SysError && error.code === 'EINTR')) throw error;
    }
  }
};

/** The same for a call on another thread, whose errno nobody knows: one failure at the end counts. */
export const restartingAsync = async (
  timeoutMs: number,
  call: (leftMs: number) => Promise<number>,
): Promise<number> => {
  const left = countdown(timeoutMs);
  for (;;) {
    const leftMs = left();
    try {
      return await call(leftMs);
    } catch (error) {
      if (!(error instanceof SysError) || leftMs === 0) throw error;
    }
  }
};

const countdown = (timeoutMs: number): (() => number) => {
  const deadline = performance.now() + timeoutMs;
  return () => (timeoutMs < 0 ? -1 : Math.max(0, Math.ceil(deadline - performance.now())));
};
