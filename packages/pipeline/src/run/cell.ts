// SPDX-License-Identifier: MIT
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Lock, type State, withLock } from '@uio-msi/host';
import type { ObjectStore } from '@uio-msi/kernels';
import {
  type CellResult,
  isGood,
  type Progress,
  type StageName,
  type StageResult,
  worstVerdict,
} from '@uio-msi/model';
import { openGuests } from '../guest/guests.js';
import type { Runtimes } from '../history/expected.js';
import type { Ledger } from '../ledger/ledger.js';
import type { PlannedCell } from '../plan/plan.js';
import type { Amounts, Budget } from '../schedule/budget.js';
import type { Expected } from '../schedule/order.js';
import { isStopped, type Stop } from '../schedule/stop.js';
import type { Stage } from '../stage/stage.js';
import type { Tools } from '../stage/tools.js';
import { openAdmission } from './admission.js';
import type { Anew } from './anew.js';
import { remainingOf } from './remaining.js';
import { mayBeChance, runStage, type UnderWay } from './stage.js';

/** What the cells of a run share. */
export interface CellContext {
  readonly state: State;
  readonly store: ObjectStore;
  readonly ledger: Ledger;
  readonly tools: Tools;
  readonly table: readonly Stage[];
  readonly wanted: ReadonlySet<StageName>;
  readonly progress: Progress;
  /** Aborts when the run is interrupted or stops. */
  readonly signal: AbortSignal;
  readonly stop: Pick<Stop, 'why' | 'left'>;
  /** What its stages are at, by content key. */
  readonly underWay: UnderWay;
  /** What is done although it is known. */
  readonly anew: Anew;
  /** The processors and the memory that stages share. */
  readonly budget: Budget;
  readonly amounts: Amounts;
  /** Seconds that a cell is expected to take: what takes longest matters most. */
  readonly expected: Expected;
  /** What stages took before, for what remains of the cell. */
  readonly runtimes?: Runtimes;
  /** Whether what the machine or chance spoiled is tried a second time. */
  readonly retry: boolean;
  /** The piece of work that the cell is part of. */
  readonly parent?: string | undefined;
  /** A file for a log of this run. */
  readonly logPath: (name: string) => string;
  /** Options of every command that were given. */
  readonly globals?: readonly string[];
}

/**
 * Runs the wanted stages of a cell, each as soon as those it needs are done, with the cell's
 * worktree, build folder and guests, if they take any, to itself; a second time those that the machine or chance may
 * have spoiled, when that is wanted and there is time for it.
 *
 * @throws {Interrupted} when the user interrupts, with all children ended
 */
export const runCell = (planned: PlannedCell, ctx: CellContext): Promise<CellResult> =>
  withLock(lockPath(planned, ctx), (lock) => runLocked(planned, ctx, lock), {
    signal: ctx.signal,
    onWait: (owner) =>
      ctx.progress({ type: 'note', text: `${planned.key}: waiting for another run to end (${owner})` }),
  }).catch((error: unknown) => {
    if (!isStopped(error, ctx.stop)) throw error;
    return untried(planned, ctx.stop.why() ?? '');
  });

// Whether the series applies can be asked while another run builds for hours.
const lockPath = ({ folder }: PlannedCell, { state, table, wanted }: CellContext): string => {
  const inStore = table.every((stage) => stage.inStore || !wanted.has(stage.name));
  return state.path('locks', inStore ? `${folder}.store` : folder);
};

/** A cell of which nothing was tried. */
export const untried = ({ cell, key, depth }: PlannedCell, reason: string): CellResult => ({
  ...cell,
  key,
  depth,
  verdict: 'MISS',
  stages: [
    {
      ...{ stage: 'source', verdict: 'MISS', seconds: 0, cached: false, reason },
      ...{ reproduce: '', log: null, findings: [], outputs: {} },
    },
  ],
});

const runLocked = async (planned: PlannedCell, ctx: CellContext, lock: Lock): Promise<CellResult> => {
  const { key } = planned;
  const { progress, parent } = ctx;
  progress({ type: 'begin', id: key, title: titleOf(planned), ...(parent !== undefined && { parent }) });
  await mkdir(dirname(ctx.logPath(key)), { recursive: true });
  const first = await runOnce(planned, ctx, lock, { before: null, again: ctx.retry });
  const spoiled = first.stages.some((result) => isSpoiled(result, ctx));
  const seconds = first.stages.reduce((sum, stage) => sum + (stage.cached ? 0 : stage.seconds), 0);
  const again = ctx.retry && spoiled && seconds < ctx.stop.left() && ctx.stop.why() === null;
  if (again) progress({ type: 'update', id: key, text: 'once more' });
  const result = again ? await runOnce(planned, ctx, lock, { before: first, again: false }) : first;
  const { verdict } = result;
  progress({ type: 'end', id: key, verdict: isGood(verdict) ? 'good' : 'bad', text: verdict });
  return result;
};

const isSpoiled = (result: StageResult, { table }: Pick<CellContext, 'table'>): boolean =>
  result.verdict === 'ERROR' ||
  table.some((stage) => stage.name === result.stage && !result.cached && mayBeChance(stage, result));

interface Time {
  /** What the first time gave; null at the first time. */
  readonly before: CellResult | null;
  /** Whether there is another. */
  readonly again: boolean;
}

const runOnce = async (
  planned: PlannedCell,
  ctx: CellContext,
  lock: Lock,
  { before: first, again }: Time,
): Promise<CellResult> => {
  const { key, cell } = planned;
  const { progress } = ctx;
  const stages = ctx.table.filter(({ name }) => ctx.wanted.has(name));
  const admission = openAdmission(planned, ctx);
  const guests = openGuests({
    ...ctx,
    onOff: admission.guestOff,
    arch: cell.arch,
    machines: planned.machines,
    demands: planned.demands,
    depth: planned.depth,
    consoleLog: (machine) => ctx.logPath(`${key}-${machine}${first ? '-again' : ''}.console`),
    onRecord: (record) => {
      if (record.type === 'start')
        progress({ type: 'update', id: `${key}/conform`, text: `${record.id} on ${record.device}` });
    },
  });
  const running = new Map<StageName, Promise<StageResult>>();
  const ended = new Set<StageName>();
  const tellRemaining = (): void => {
    const { runtimes } = ctx;
    if (runtimes === undefined) return;
    const left = stages.filter(({ name }) => !ended.has(name));
    const seconds = (stage: StageName) => runtimes.of(stage, planned);
    progress({ type: 'update', id: key, remaining: remainingOf(left, seconds) });
  };
  const start = async (stage: Stage): Promise<StageResult> => {
    const before = new Map<StageName, StageResult>();
    for (const name of stage.needs) {
      const result = await running.get(name);
      if (result) before.set(name, result);
    }
    const work = `${key}/${stage.name}`;
    progress({ type: 'begin', id: work, title: stage.name, parent: key });
    const log = ctx.logPath(`${key}-${stage.name}${first ? '-again' : ''}.log`);
    const tried = first?.stages.find((one) => one.stage === stage.name);
    const earlier = tried && isSpoiled(tried, ctx) ? tried : null;
    const admit = admission.admit;
    const result = await runStage(stage, planned, before, ctx.ledger, {
      ...ctx,
      ...{ guests, lock, work, log, admit, earlier, again },
    });
    progress({ type: 'end', id: work, verdict: ending(result), text: summary(result) });
    ended.add(stage.name);
    tellRemaining();
    return result;
  };
  for (const stage of stages) running.set(stage.name, start(stage));
  try {
    await Promise.allSettled(running.values());
    const results = await Promise.all(running.values());
    const verdict = worstVerdict(results.map((result) => result.verdict));
    return { ...cell, key, depth: planned.depth, verdict, stages: results };
  } finally {
    await guests.off();
    admission.end();
  }
};

const titleOf = ({ cell, patches }: PlannedCell): string => {
  const { series, revision, kernel, arch, toolchain, config } = cell;
  const title = `${series} ${revision} on ${kernel}, ${arch}, ${toolchain}, ${config}`;
  return cell.prefix === undefined ? title : `${title}, up to ${patches.at(-1)?.subject}`;
};

const ending = ({ verdict }: StageResult): 'good' | 'bad' | 'skipped' => {
  if (verdict === 'SKIP') return 'skipped';
  return isGood(verdict) ? 'good' : 'bad';
};

const summary = ({ verdict, reason, seconds, cached }: StageResult): string =>
  [verdict, cached ? '(known)' : `${seconds.toFixed(1)} s`, reason].filter(Boolean).join(' ');
