// SPDX-License-Identifier: MIT
import { KERNEL_ROOTS } from '../pci/sysfs.js';
import { type Candidate, selectDevices } from '../run/select.js';
import type { DeviceOptions } from './device-options.js';

/** The devices of this machine that were meant; throws as `selectDevices` does. */
export const devicesOf = ({ device, ...wanted }: DeviceOptions): Candidate[] =>
  selectDevices(KERNEL_ROOTS, { ...wanted, devices: device });
