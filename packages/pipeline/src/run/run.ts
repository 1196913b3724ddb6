// SPDX-License-Identifier: MIT
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
import type { Runtimes } from '../history/expected.js';
import { openLedger } from '../ledger/ledger.js';
import { type WatchedLedger, watchLedger } from '../ledger/watched.js';
import type { PlannedCell } from '../plan/plan.js';
import { type Amounts, openBudget } from '../schedule/budget.js';
import { machineAmounts } from '../schedule/claims.js';
import { type Expected, inLanes, lanesOf } from '../schedule/order.js';
import { openStop } from '../schedule/stop.js';
import { closureWithin } from '../stage/closure.js';
import type { Stage } from '../stage/stage.js';
import { openTools } from '../stage/tools.js';
import { STAGE_TABLE } from '../stages/table.js';
import { openAnew } from './anew.js';
import { runCell } from './cell.js';
import { seriesContent } from './content.js';
import { openOverview } from './overview.js';
import { type BegunRun, withRun } from './registry.js';
import { writeRun, writeUsed } from './store.js';

/** One invocation. */
export interface RunRequest {
  readonly state: State;
  readonly cells: readonly PlannedCell[];
  /** Those to run, with those they need; null for all. */
  readonly stages: readonly StageName[] | null;
  /** Whether those to run are done although they are known; those they need are not. */
  readonly again?: boolean;
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
  /** The tier of the matrix that the cells are, when they are all of one. */
  readonly tier?: string | undefined;
  /** Whether they are only some of the tier. */
  readonly chosen?: boolean;
  /** Seconds after which the run stops; what is not done by then is MISS. */
  readonly deadline?: number | null;
  /** Whether the run stops at the first cell that fails. */
  readonly failFast?: boolean;
  /** Whether what the machine or chance spoiled is tried a second time. */
  readonly retry?: boolean;
  /** Seconds that a cell is expected to take. */
  readonly expected?: Expected;
  /** What stages took before, for what remains of each cell. */
  readonly runtimes?: Runtimes;
  /** What there is of the machine; default: all that is free. */
  readonly amounts?: Amounts;
}

/**
 * Runs the stages of all cells, as many at once as the machine has room for, keeps what they gave
 * in the ledger and the whole in a run folder.
 *
 * @throws {Interrupted} when the signal aborts; what was done by then is in the ledger
 */
export const runCells = async (request: RunRequest): Promise<RunResult> => {
  const started = new Date();
  const began = performance.now();
  return withRun(request.state, started, async (begun) => {
    const ledger = watchLedger(openLedger(request.state));
    const cells = await runAll(request, begun, ledger);
    const [first] = request.cells;
    const result: RunResult = {
      version: 1,
      run: begun.run,
      series: first?.cell.series ?? '',
      revision: first?.cell.revision ?? '',
      ...(first && { content: seriesContent(first.series, first.under) }),
      verdict: worstVerdict(cells.map(({ verdict }) => verdict)),
      started: started.toISOString(),
      seconds: (performance.now() - began) / 1000,
      command: request.command,
      ...(request.tier !== undefined && { tier: request.tier }),
      ...(request.chosen && { chosen: true as const }),
      cells,
    };
    await writeUsed(request.state, begun.run, ledger.used());
    await writeRun(request.state, result, begun);
    return result;
  });
};

const runAll = async (
  request: RunRequest,
  { run }: BegunRun,
  ledger: WatchedLedger,
): Promise<readonly CellResult[]> => {
  const { state, cells, failFast = false, retry = false, deadline = null } = request;
  const amounts = request.amounts ?? machineAmounts();
  const expected = request.expected ?? (() => null);
  const table = request.table ?? STAGE_TABLE;
  const stop = openStop(request.signal, deadline);
  const shared = {
    ...request,
    ...{ table, stop, retry, expected, amounts },
    signal: stop.signal,
    budget: openBudget(amounts),
    store: await openStore(state),
    ledger,
    anew: openAnew(new Set(request.again ? (request.stages ?? table.map(({ name }) => name)) : [])),
    underWay: new Map(),
    tools: openTools(request),
    logPath: (name: string) => state.path('runs', run, 'logs', name),
  };
  const wanted = new Map(cells.map((cell) => [cell, closureWithin(table, request.stages, cell.stages)]));
  const all = new Set([...wanted.values()].flatMap((of) => [...of]));
  for (const stage of table) {
    const of = cells.filter((cell) => wanted.get(cell)?.has(stage.name));
    if (of.length > 0) stage.prepare?.(shared.tools, of);
  }
  const overview = openOverview(request, run, expected);
  const results = new Map<PlannedCell, CellResult>();
  try {
    await inLanes(lanesOf(cells, expected), lanesAtOnce(amounts), async (lane) => {
      for (const cell of lane) {
        const ctx = { ...shared, ...overview, wanted: wanted.get(cell) ?? all };
        const result = await runCell(cell, ctx);
        results.set(cell, result);
        overview.done(cell);
        if (failFast && failsAnew(result)) stop.stop(`${cell.key} failed, and that was to be the end`);
      }
    });
  } finally {
    stop.end();
  }
  overview.end();
  return cells.flatMap((cell) => results.get(cell) ?? []);
};

// What is known is told first: a failure of yesterday's would end each night before anything is run.
const failsAnew = ({ stages }: CellResult): boolean =>
  stages.some(({ verdict, cached }) => verdict === 'FAIL' && !cached);

// One more than can work: while it waits for the machine, what is known of it is looked up.
const lanesAtOnce = ({ processors }: Amounts): number => processors + 1;

/**
 * The exit code a run's verdict stands for: a failure of the code, of the machine, or none. A run
 * in which nothing was judged (SKIP) is not good: nobody knows.
 */
export const exitCodeOf = (verdict: Verdict): number => {
  if (verdict === 'FAIL') return EXIT.failures;
  return isGood(verdict) && verdict !== 'SKIP' ? EXIT.good : EXIT.environment;
};
