// SPDX-License-Identifier: MIT
import { takeCount } from '../bench/counter.js';
import { expectEqual } from '../bench/expect.js';
import type { Rig } from '../bench/rig.js';
import { O_RDWR } from '../sys/constants.js';
import type { Sys } from '../sys/sys.js';
import { irqSet, irqVec, UIO_MSI_IRQ_SET, VECTOR_OPERATIONS } from '../uapi/uio-msi.js';

/** How long what is pending may take, in milliseconds. */
const SETTLE_MS = 100;

/**
 * Opens the device, arms its last vector, has it triggered, and closes it again.
 *
 * @throws Failure, SysError when that does not work
 */
export const expectUsable = (rig: Rig, sys: Sys): void => {
  const file = sys.open(rig.uio().node, O_RDWR);
  const eventfd = sys.eventfd(0);
  const vector = rig.vectors - 1;
  try {
    sys.ioctl(file, UIO_MSI_IRQ_SET, irqSet(vector, eventfd));
    // What the device raised while nobody had the vector may come now.
    sys.poll([], SETTLE_MS);
    takeCount(sys, { fd: eventfd, label: 'it' });
    sys.ioctl(file, VECTOR_OPERATIONS.trigger.request, irqVec(vector));
    expectEqual('events after one trigger', takeCount(sys, { fd: eventfd, label: 'it' }), 1);
  } finally {
    sys.close(eventfd);
    sys.close(file);
  }
};
