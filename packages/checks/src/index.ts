// SPDX-License-Identifier: MIT
export type { Check, CheckContext, CheckedPatch, CheckInput } from './check.js';
export { CHECKS, runChecks } from './checks.js';
export { ensureKernelFiles, type KernelFiles } from './tree/kernel-files.js';
export { WAIVERS, type Waiver, waive } from './waivers.js';
