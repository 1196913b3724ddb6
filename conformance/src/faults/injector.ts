// SPDX-License-Identifier: MIT
import { type Outcome, outcomeOf } from '../bench/expect.js';
import { O_RDWR } from '../sys/constants.js';
import type { Sys } from '../sys/sys.js';

/** How a call went while one allocation of it was to fail. */
export interface Attempt {
  readonly outcome: Outcome;
  /** The call came to that allocation, which failed. */
  readonly injected: boolean;
}

/** Makes `call` with its `nth` allocation in the kernel failing, counted from 1; with none failing when 0. */
export type Injector = (nth: number, call: () => unknown) => Attempt;

const encode = (nth: number): Uint8Array => new TextEncoder().encode(String(nth));
const OFF = encode(0);

/** What is left to count; nothing when reading it is what was made to fail, and so not the call. */
const readLeft = (sys: Sys, file: number): string => {
  let left = '';
  outcomeOf(() => {
    left = new TextDecoder().decode(sys.read(file, 16)).trim();
  });
  return left;
};

/**
 * The file counts the allocations of this very thread, from the write on until it reads 0: so all
 * is made ready before, and nothing comes between the write and the call but JavaScript. That must
 * have run before: node has memory of its own when it compiles, and does not survive without.
 * Documentation/fault-injection/fault-injection.rst, "/proc/self/task/<tid>/fail-nth".
 */
export const createInjector =
  (sys: Sys): Injector =>
  (nth, call) => {
    const file = sys.open('/proc/thread-self/fail-nth', O_RDWR);
    const armed = encode(nth);
    try {
      sys.write(file, armed);
      const outcome = outcomeOf(call);
      return { outcome, injected: readLeft(sys, file) === '0' && nth > 0 };
    } finally {
      // Either this succeeds, or it is itself what was made to fail: then it is off, too.
      outcomeOf(() => sys.write(file, OFF));
      sys.close(file);
    }
  };
