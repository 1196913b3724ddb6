// SPDX-License-Identifier: MIT
import { O_RDWR } from '../sys/constants.js';
import { createLinuxSys } from '../sys/linux.js';
import { irqSet, UIO_MSI_IRQ_SET } from '../uapi/uio-msi.js';

/**
 * A second process that opens the device, arms every vector with an eventfd of its own, says
 * `ready`, and holds on until its standard input ends: so it never outlives its parent.
 */
export const arm = (node: string, vectors: number): void => {
  const sys = createLinuxSys();
  const fd = sys.open(node, O_RDWR);
  for (let vector = 0; vector < vectors; vector++) {
    sys.ioctl(fd, UIO_MSI_IRQ_SET, irqSet(vector, sys.eventfd(0)));
  }
  process.stdout.write('ready\n');
  process.stdin.on('end', () => process.exit(0)).resume();
};
