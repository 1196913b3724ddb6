// SPDX-License-Identifier: MIT
import { SysError } from '../sys/errno.js';
import { Failure } from './verdicts.js';

/** The outcome of a system call: the errno's name, or `success`. */
export type Outcome = string;

export const SUCCESS: Outcome = 'success';

/** Makes a system call and says how it went. Errors that are not the kernel's pass through. */
export const outcomeOf = (call: () => unknown): Outcome => {
  try {
    call();
    return SUCCESS;
  } catch (error) {
    if (error instanceof SysError) return error.code;
    throw error;
  }
};

/** @throws Failure unless `got` is `expected`; `what` begins the message. */
export const expectEqual = <T>(what: string, got: T, expected: T): void => {
  if (got !== expected) throw new Failure(`${what}: got ${String(got)}, expected ${String(expected)}`);
};

/** @throws Failure with the message unless `holds`. */
export const expectThat = (holds: boolean, message: string): void => {
  if (!holds) throw new Failure(message);
};
