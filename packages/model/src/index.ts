// SPDX-License-Identifier: MIT
export { type Cell, cellKey, familyOf, STAGES, type StageName } from './cell.js';
export { CHANGE_KINDS, type Change, type ChangeKind, isNewFailure, type Subject } from './compare/change.js';
export { compareRuns, wasBlocked } from './compare/compare.js';
export { type ChangeFilter, filterChanges, isCellWanted } from './compare/filter.js';
export { splatFingerprint, withoutNumbers } from './compare/fingerprint.js';
export { type Flake, flakesOf, knownFlakes } from './compare/flakes.js';
export { type ChangeGroup, groupChanges, groupFailures } from './compare/group.js';
export { isJudged } from './compare/judge.js';
export { isLacking, knownOf } from './compare/known.js';
export { stageFingerprint } from './compare/leaves.js';
export { type CellPair, pairCells } from './compare/pair.js';
export { DEPTHS, type Depth } from './depth.js';
export { EnvironmentError, EXIT, type Explanation, ForeseenError, Interrupted, UserError } from './errors.js';
export {
  type Excuse,
  excused,
  type Finding,
  findingIdentity,
  type Severity,
  WAIVERS_TOOL,
} from './finding.js';
export { isApplied, PATCH_STATUSES, type PatchResult, type PatchStatus, type RejectedHunk } from './patch.js';
export { type Progress, type ProgressEvent, silent } from './progress.js';
export {
  type Attempt,
  type CaseResult,
  type CellResult,
  type CheckResult,
  type Comparison,
  caseIdentity,
  type DeviceSummary,
  isFlake,
  type RunResult,
  resultsOf,
  type Splat,
  type StageResult,
} from './result.js';
export { namedSquares, prefixesTogether, squareName, type Together } from './square.js';
export { type CellSummary, type RunSummary, summarize } from './summary.js';
export { isGood, isReusable, isWorse, VERDICTS, type Verdict, worstVerdict } from './verdict.js';
