// SPDX-License-Identifier: MIT
export type { Check, CheckContext, CheckedPatch, CheckInput } from './check.js';
export { CHECKS, runChecks } from './checks.js';
export type { BuiltTree, Inspection, MakeOutput } from './inspection.js';
export { INSPECTIONS, type InspectContext, type InspectionResult, runInspections } from './inspections.js';
export { inParallel } from './parallel.js';
export { ensureKernelFiles, type KernelFiles } from './tree/kernel-files.js';
export { WAIVERS, type Waiver, waive } from './waivers.js';
