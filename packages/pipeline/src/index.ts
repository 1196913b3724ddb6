// SPDX-License-Identifier: MIT
export { type Demands, demandsOf } from './guest/demands.js';
export { type Ledger, openLedger } from './ledger/ledger.js';
export { type Config, type Matrix, type PlannedCell, plan } from './plan/plan.js';
export { openArtefacts } from './run/artefacts.js';
export { knownCells } from './run/known.js';
export { exitCodeOf, type RunRequest, runCells } from './run/run.js';
export { isRunId, runId } from './run/run-id.js';
export { listRuns, readRun, runFolder, writeRun } from './run/store.js';
export { closure } from './stage/closure.js';
export { defineStage, type Outcome, type Stage, type StageContext, type StageInputs } from './stage/stage.js';
export { STAGE_TABLE } from './stages/table.js';
