// SPDX-License-Identifier: MIT
import { FIRST_INHERITED } from '../bench/processes.js';
import { POLLIN } from '../sys/constants.js';
import { createLinuxSys } from '../sys/linux.js';
import { irqSet, UIO_MSI_IRQ_SET } from '../uapi/uio-msi.js';

/**
 * A second process that sets vector 0 of the file it inherits to the two eventfds that it inherits
 * next, in turn and without pause. It says `ready` once it has begun, and ends with its standard input.
 */
export const replace = (): void => {
  const sys = createLinuxSys();
  const [fd, a, b] = [FIRST_INHERITED, FIRST_INHERITED + 1, FIRST_INHERITED + 2];
  const set = (eventfd: number) => sys.ioctl(fd, UIO_MSI_IRQ_SET, irqSet(0, eventfd));
  set(a);
  process.stdout.write('ready\n');
  while (sys.poll([{ fd: 0, events: POLLIN }], 0)[0] === 0) {
    set(b);
    set(a);
  }
  process.exit(0);
};
