// SPDX-License-Identifier: MIT
export type { Check, CheckContext, CheckedPatch, CheckInput } from './check.js';
export { CHECKS, runChecks } from './checks.js';
export { EXPECTED } from './expected.js';
export type { BuiltTree, Inspection, MakeOutput } from './inspection.js';
export {
  INSPECTIONS,
  type InspectContext,
  type InspectionReport,
  judgeReports,
  runInspections,
} from './inspections.js';
export { inParallel } from './parallel.js';
export { ensureKernelFiles, type KernelFiles } from './tree/kernel-files.js';
export { applyWaivers, type Waiver } from './waivers.js';
