// SPDX-License-Identifier: MIT
import type { DeviceModel } from './device.js';
import { nvme } from './nvme.js';
import type { ProvokerFile } from './provoker-file.js';
import { shippedProvokers } from './provoker-folder.js';
import { modelOfFile } from './register-provoker.js';

/** Devices that take more than a file can say. A new one is a page of code beside this, and a name here. */
const IN_CODE: readonly DeviceModel[] = [nvme];

/** Every device that the suite can provoke: those of these files before those it comes with. */
export const deviceModels = (files: readonly ProvokerFile[] = []): readonly DeviceModel[] => [
  ...files.map(modelOfFile),
  ...IN_CODE,
  ...shippedProvokers().map(modelOfFile),
];

/** The model of a device with this `vendor:device`. */
export const modelFor = (id: string, models: readonly DeviceModel[]): DeviceModel | null =>
  models.find(({ ids }) => ids.includes(id)) ?? null;

/** How a model is told to another thread or process: what it was made from, or its name. */
export type ModelRecord = ProvokerFile | string | null;

export const modelRecordOf = (model: DeviceModel | null): ModelRecord => model?.file ?? model?.name ?? null;

/** The model that was told so. Files are not read again. */
export const modelOfRecord = (name: ModelRecord): DeviceModel | null =>
  name === null || typeof name === 'string'
    ? (IN_CODE.find((model) => model.name === name) ?? null)
    : modelOfFile(name);
