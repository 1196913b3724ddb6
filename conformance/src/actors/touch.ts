// SPDX-License-Identifier: MIT
import { FIRST_INHERITED } from '../bench/processes.js';
import { createLinuxSys } from '../sys/linux.js';
import { sayAndStay } from './say.js';

/**
 * A second process that maps `length` bytes of the first map of the file it inherits, and reads the
 * register at `offset`: at once, and for each line that it is sent, when it says what it read.
 */
export const touch = (length: number, offset: number): void => {
  const sys = createLinuxSys();
  const address = sys.mmap(FIRST_INHERITED, length, 0) + BigInt(offset);
  process.stdin.on('data', () => process.stdout.write(`0x${sys.load(address).toString(16)}\n`));
  sayAndStay(() => sys.load(address));
};
