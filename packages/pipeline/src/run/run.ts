// SPDX-License-Identifier: MIT
import { rm } from 'node:fs/promises';
import type { State } from '@uio-msi/host';
import { openStore } from '@uio-msi/kernels';
import {
  type CellResult,
  EXIT,
  isGood,
  type Progress,
  type RunResult,
  type StageName,
  type Verdict,
  worstVerdict,
} from '@uio-msi/model';
import { openLedger } from '../ledger/ledger.js';
import type { PlannedCell } from '../plan/plan.js';
import { closure } from '../stage/closure.js';
import type { Stage } from '../stage/stage.js';
import { openTools } from '../stage/tools.js';
import { STAGE_TABLE } from '../stages/table.js';
import { runCell } from './cell.js';
import { seriesContent } from './content.js';
import { runId } from './run-id.js';
import { runFolder, writeRun } from './store.js';

/** One invocation. */
export interface RunRequest {
  readonly state: State;
  readonly cells: readonly PlannedCell[];
  /** Those to run, with those they need; null for all. */
  readonly stages: readonly StageName[] | null;
  /** The command line that was given, for the reader. */
  readonly command: string;
  /** Options of every command that were given (`--state DIR`), for the commands that reproduce a stage. */
  readonly globals?: readonly string[];
  /** Gives the folder of the suite's bundle, making it when that is needed. */
  readonly suiteBundle: () => Promise<string>;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Other stages than the project's own. */
  readonly table?: readonly Stage[];
}

/**
 * Runs the stages of all cells, keeps what they gave in the ledger and the whole in a run folder.
 *
 * @throws {Interrupted} when the signal aborts; what was done by then is in the ledger
 */
export const runCells = async (request: RunRequest): Promise<RunResult> => {
  const { state, cells, command } = request;
  const started = new Date();
  const run = runId(started);
  const table = request.table ?? STAGE_TABLE;
  const shared = {
    ...request,
    table,
    store: await openStore(state),
    ledger: openLedger(state),
    tools: openTools(request),
    wanted: new Set(closure(table, request.stages)),
    logPath: (name: string) => state.path('runs', run, 'logs', name),
  };
  for (const stage of table) if (shared.wanted.has(stage.name)) stage.prepare?.(shared.tools);
  const results: CellResult[] = [];
  try {
    for (const cell of cells) results.push(await runCell(cell, shared));
  } catch (error) {
    await rm(runFolder(state, run), { recursive: true, force: true });
    throw error;
  }
  const [first] = cells;
  const result: RunResult = {
    version: 1,
    run,
    series: first?.cell.series ?? '',
    revision: first?.cell.revision ?? '',
    ...(first && { content: seriesContent(first.series) }),
    verdict: worstVerdict(results.map(({ verdict }) => verdict)),
    started: started.toISOString(),
    seconds: (Date.now() - started.getTime()) / 1000,
    command,
    cells: results,
  };
  await writeRun(state, result);
  return result;
};

/**
 * The exit code a run's verdict stands for: a failure of the code, of the machine, or none. A run
 * in which nothing was judged (SKIP) is not good: nobody knows.
 */
export const exitCodeOf = (verdict: Verdict): number => {
  if (verdict === 'FAIL') return EXIT.failures;
  return isGood(verdict) && verdict !== 'SKIP' ? EXIT.good : EXIT.environment;
};
