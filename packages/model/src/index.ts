// SPDX-License-Identifier: MIT
export { type Cell, cellKey, STAGES, type StageName } from './cell.js';
export { EnvironmentError, EXIT, type Explanation, ForeseenError, Interrupted, UserError } from './errors.js';
export { type Finding, findingIdentity, type Severity } from './finding.js';
export { isApplied, PATCH_STATUSES, type PatchResult, type PatchStatus, type RejectedHunk } from './patch.js';
export { type Progress, type ProgressEvent, silent } from './progress.js';
export type {
  CaseResult,
  CellResult,
  CheckResult,
  DeviceSummary,
  RunResult,
  Splat,
  StageResult,
} from './result.js';
export { isGood, isReusable, VERDICTS, type Verdict, worstVerdict } from './verdict.js';
