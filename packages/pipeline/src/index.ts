// SPDX-License-Identifier: MIT
export { type Demands, demandsOf } from './guest/demands.js';
export { areComparable, baselineOf, comparisonOf, comparisonWith, earlierRuns } from './history/earlier.js';
export { type Runtimes, runtimesOf } from './history/expected.js';
export { type KeepRule, type Pruned, prune, runsToPrune } from './history/prune.js';
export { resolveRun } from './history/resolve.js';
export { entryText } from './ledger/entry.js';
export { type Ledger, openLedger } from './ledger/ledger.js';
export { type Square, squaresOf } from './matrix/squares.js';
export { UNMUTATED } from './mutants/guest.js';
export { FATES, type Fate, type MutantResult } from './mutants/judge.js';
export { loadMutants, type Mutant } from './mutants/mutant.js';
export { runMutants } from './mutants/run.js';
export { type Config, cellPlanner, type Matrix, type Place, type PlannedCell, plan } from './plan/plan.js';
export { openArtefacts } from './run/artefacts.js';
export { type Ask, openKnown } from './run/known.js';
export { allRuns, runFolder } from './run/registry.js';
export { exitCodeOf, type RunRequest, runCells } from './run/run.js';
export { isRunId, runId } from './run/run-id.js';
export {
  listRuns,
  markTold,
  readComparison,
  readRun,
  readSummary,
  resultFile,
  writeComparison,
  writeRun,
} from './run/store.js';
export { closure } from './stage/closure.js';
export { defineStage, type Outcome, type Stage, type StageContext, type StageInputs } from './stage/stage.js';
export { openTools, type Tools } from './stage/tools.js';
export { STAGE_TABLE } from './stages/table.js';
