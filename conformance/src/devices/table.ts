// SPDX-License-Identifier: MIT
import type { DeviceModel } from './device.js';
import { e1000e } from './e1000e.js';
import { rocker } from './rocker.js';

/** Every device the suite can provoke. A new one is a file beside this and a line here. */
export const DEVICE_MODELS: readonly DeviceModel[] = [rocker, e1000e];

/** The model of a device with this `vendor:device`. */
export const modelOf = (id: string): DeviceModel | undefined =>
  DEVICE_MODELS.find(({ ids }) => ids.includes(id));
