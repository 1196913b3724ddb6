// SPDX-License-Identifier: MIT

import { outcomeOf } from '../bench/expect.js';
import { FIRST_INHERITED, READY } from '../bench/processes.js';
import { createLinuxSys } from '../sys/linux.js';

/** A second process that waits in read(2) of the file it inherits, and then says what came of it. */
export const read = (): void => {
  const sys = createLinuxSys();
  process.stdout.write(`${READY}\n`);
  process.stdout.write(`${outcomeOf(() => sys.read(FIRST_INHERITED, 4))}\n`);
};
