// SPDX-License-Identifier: MIT
export { accelerates, findAccelerator } from './accelerator/accelerator.js';
export { type Accelerator, ARCHES, type Arch, findArch } from './arches.js';
export { SPLAT_RULES, type SplatRule } from './console/rules.js';
export { scanConsole } from './console/scan.js';
export type { Context } from './context.js';
export type { GuestRecord } from './guest/records.js';
export {
  GUEST_ENDS,
  type GuestEnd,
  type GuestFile,
  type GuestOutcome,
  type GuestSession,
  type GuestSpec,
  type Limits,
  type Ready,
  type Terminal,
} from './guest/spec.js';
export { type GuestContext, startGuest } from './guest/start.js';
export { ensureBaseImage } from './image/base.js';
export { DEVICES, type Device, findMachine, MACHINES, type Machine } from './machines.js';
