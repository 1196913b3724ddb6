// SPDX-License-Identifier: MIT
import { expectEqual, type Outcome, SUCCESS } from '../bench/expect.js';
import { Failure } from '../bench/verdicts.js';
import { EnvironmentError } from '../errors.js';
import type { Injector } from './injector.js';

/** More allocations than any call makes: it would be one that never ends. */
const MOST = 5000;

/** What came of making every allocation of a call fail, one after the other. */
export interface Tally {
  /** How many allocations there were. */
  readonly failed: number;
  /** After how many of them the call was refused; the others it could do without. */
  readonly refused: number;
}

/** One trial: sets the stage, makes the call once through `attempt`, and looks at what it left. */
export type Trial = (attempt: (call: () => unknown) => Outcome) => void;

/**
 * Has the trial made without a failure, then with the first allocation of its call failing, then
 * with the second, until the call comes to its end. Without a failure it must succeed.
 *
 * @param what the call's name in messages
 * @param errnos how it may be refused
 * @param least how many allocations it makes at the least
 * @throws Failure naming the allocation; EnvironmentError when fewer failed, so that nothing was tested
 */
export const exhaust = (
  inject: Injector,
  what: string,
  errnos: readonly string[],
  trial: Trial,
  least = 0,
): Tally => {
  let refused = 0;
  // From 0: what runs while allocations fail has run before, and needs none to be compiled.
  for (let nth = 0; nth <= MOST; nth++) {
    const where = nth === 0 ? what : `${what} while allocation ${nth} of it fails`;
    let injected = false;
    naming(where, () =>
      trial((call) => {
        const attempt = inject(nth, call);
        injected = attempt.injected;
        if (!injected) expectEqual('no allocation of it failed', attempt.outcome, SUCCESS);
        else if (attempt.outcome !== SUCCESS) {
          refused++;
          if (!errnos.includes(attempt.outcome)) {
            throw new Failure(`got ${attempt.outcome}, expected ${errnos.join(' or ')}`);
          }
        }
        return attempt.outcome;
      }),
    );
    if (injected || nth === 0) continue;
    const failed = nth - 1;
    if (failed < least) {
      throw new EnvironmentError(
        `${what}: ${failed} allocations failed, expected ${least} or more: this kernel's fault injection does not reach them`,
      );
    }
    return { failed, refused };
  }
  throw new Failure(`${what}: more than ${MOST} allocations, and no end`);
};

/** Puts in front of a failure what was being tried. */
const naming = (where: string, work: () => void): void => {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) throw new Failure(`${where}: ${error.message}`);
    throw error;
  }
};
