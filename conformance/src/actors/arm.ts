// SPDX-License-Identifier: MIT
import { O_RDWR } from '../sys/constants.js';
import { createLinuxSys } from '../sys/linux.js';
import { irqSet, UIO_MSI_IRQ_SET } from '../uapi/uio-msi.js';
import { sayAndStay } from './say.js';

/** A second process that opens the device and arms every vector with an eventfd of its own. */
export const arm = (node: string, vectors: number): void =>
  sayAndStay(() => {
    const sys = createLinuxSys();
    const fd = sys.open(node, O_RDWR);
    for (let vector = 0; vector < vectors; vector++) {
      sys.ioctl(fd, UIO_MSI_IRQ_SET, irqSet(vector, sys.eventfd(0)));
    }
  });
