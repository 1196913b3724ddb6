// SPDX-License-Identifier: MIT
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceModel } from '../devices/device.js';
import { EnvironmentError } from '../errors.js';
import type { Bdf } from '../pci/address.js';
import { deviceFolder, type Roots } from '../pci/sysfs.js';
import { POLLIN } from '../sys/constants.js';
import type { Sys } from '../sys/sys.js';
import { median } from './compare.js';
import type { Side } from './side.js';

/** The vector whose round trip is taken. */
const VECTOR = 0;

/** Round trips before those that count: the first ones meet cold caches, and interrupts on their old processor. */
const WARM_UP = 50;

/** How long an interrupt may take before it counts as lost, in milliseconds. */
const PATIENCE_MS = 2000;

/** What round trips are taken with. */
export interface Setting {
  readonly sys: Sys;
  readonly roots: Roots;
  readonly bdf: Bdf;
  readonly model: DeviceModel;
  /** Round trips that count. */
  readonly samples: number;
}

/**
 * Opens the device through one driver and takes round trips: the device is told to raise a vector,
 * and a poll of its eventfd waits until it did.
 *
 * @returns the median, in seconds
 * @throws EnvironmentError when no interrupt arrives
 */
export const medianRoundTrip = ({ sys, roots, bdf, model, samples }: Setting, side: Side): number => {
  const device = side.open();
  const eventfd = sys.eventfd(0);
  try {
    const provoker = model.provoker(device.registers);
    provoker.setUp([VECTOR]);
    device.arm(VECTOR, eventfd);
    toOneProcessor(roots, bdf);
    const roundTrip = (): number => {
      provoker.acknowledge(VECTOR);
      const start = performance.now();
      provoker.raise(VECTOR);
      const [events = 0] = sys.poll([{ fd: eventfd, events: POLLIN }], PATIENCE_MS);
      const end = performance.now();
      if (events === 0) throw new EnvironmentError(`Vector ${VECTOR} of ${bdf} was raised, and nothing came`);
      sys.read(eventfd, 8);
      return (end - start) / 1000;
    };
    for (let i = 0; i < WARM_UP; i++) roundTrip();
    const seconds = Array.from({ length: samples }, roundTrip);
    provoker.quiesce();
    return median(seconds);
  } finally {
    device.close();
    sys.close(eventfd);
  }
};

/** Has the device interrupt the first processor: the kernel chooses one anew each time, and each costs another time. */
const toOneProcessor = (roots: Roots, bdf: Bdf): void => {
  const folder = join(deviceFolder(roots, bdf), 'msi_irqs');
  if (!existsSync(folder)) return;
  for (const irq of readdirSync(folder)) {
    const file = join(roots.proc, 'irq', irq, 'smp_affinity_list');
    if (existsSync(file)) writeFileSync(file, '0');
  }
};
