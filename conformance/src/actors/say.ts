// SPDX-License-Identifier: MIT
import { READY } from '../bench/processes.js';
import { SysError } from '../sys/errno.js';

/**
 * Does what an actor's role begins with, says `ready` or what failed (`open EBUSY`), and holds on
 * until standard input ends: so an actor never outlives its parent.
 */
export const sayAndStay = (begin: () => void): void => {
  process.stdout.write(`${outcome(begin)}\n`);
  process.stdin.on('end', () => process.exit(0)).resume();
};

const outcome = (begin: () => void): string => {
  try {
    begin();
    return READY;
  } catch (error) {
    return error instanceof SysError ? `${error.call} ${error.code}` : String(error);
  }
};
