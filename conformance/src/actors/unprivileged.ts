// SPDX-License-Identifier: MIT
import { NOBODY, O_RDWR } from '../sys/constants.js';
import { createLinuxSys } from '../sys/linux.js';
import { irqSet, irqVec, UIO_MSI_IRQ_SET, UIO_MSI_IRQ_TRIGGER } from '../uapi/uio-msi.js';
import { sayAndStay } from './say.js';

/**
 * A second process that gives up root and with it every capability, then opens the device, arms
 * vector 0 and triggers it.
 */
export const unprivileged = (node: string): void =>
  sayAndStay(() => {
    const sys = createLinuxSys();
    process.setgroups?.([]);
    process.setgid?.(NOBODY);
    process.setuid?.(NOBODY);
    const fd = sys.open(node, O_RDWR);
    const eventfd = sys.eventfd(0);
    sys.ioctl(fd, UIO_MSI_IRQ_SET, irqSet(0, eventfd));
    sys.ioctl(fd, UIO_MSI_IRQ_TRIGGER, irqVec(0));
    sys.read(eventfd, 8);
  });
