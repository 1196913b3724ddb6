// SPDX-License-Identifier: MIT
import type { DeviceModel } from './device.js';
import { e1000 } from './e1000.js';
import { e1000e } from './e1000e.js';
import { edu } from './edu.js';
import { nvme } from './nvme.js';
import { rocker } from './rocker.js';

/** Every device the suite can provoke. A new one is a file beside this and a line here. */
export const DEVICE_MODELS: readonly DeviceModel[] = [rocker, e1000e, nvme, edu, e1000];

/** The model of a device with this `vendor:device`. */
export const modelOf = (id: string): DeviceModel | undefined =>
  DEVICE_MODELS.find(({ ids }) => ids.includes(id));
