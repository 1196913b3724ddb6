// SPDX-License-Identifier: MIT
import { O_RDWR, POLLIN } from '../sys/constants.js';
import { createLinuxSys } from '../sys/linux.js';
import { irqSet, UIO_MSI_IRQ_SET } from '../uapi/uio-msi.js';

/**
 * A second process that sets vector 0 to descriptors `a` and `b`, which it inherited, in turn and
 * without pause. It says `ready` once it has begun, and ends with its standard input.
 */
export const replace = (node: string, a: number, b: number): void => {
  const sys = createLinuxSys();
  const fd = sys.open(node, O_RDWR);
  const set = (eventfd: number) => sys.ioctl(fd, UIO_MSI_IRQ_SET, irqSet(0, eventfd));
  set(a);
  process.stdout.write('ready\n');
  while (sys.poll([{ fd: 0, events: POLLIN }], 0)[0] === 0) {
    set(b);
    set(a);
  }
  process.exit(0);
};
