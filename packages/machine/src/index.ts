// SPDX-License-Identifier: MIT
export { type Accelerator, type Arch, acceleratorOf, findArch, isBootable, patienceOf } from './arches.js';
export { scanConsole } from './console/scan.js';
export type { Context } from './context.js';
export { DEVICES, type Device, type DeviceName, type Expected, type InterruptType } from './devices.js';
export { machineKey } from './guest/key.js';
export type { GuestRecord } from './guest/records.js';
export type {
  GuestEnd,
  GuestFile,
  GuestOutcome,
  GuestSession,
  GuestSpec,
  Limits,
  Ready,
  Terminal,
} from './guest/spec.js';
export { type GuestContext, startGuest } from './guest/start.js';
export { baseImageName, ensureBaseImage } from './image/base.js';
export { type Equipment, equipmentOf, findMachine, type Machine, STANDARD_MACHINES } from './machines.js';
