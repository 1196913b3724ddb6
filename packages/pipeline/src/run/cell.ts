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
import { demandsOf } from '../guest/demands.js';
import { openGuests } from '../guest/guests.js';
import type { Ledger } from '../ledger/ledger.js';
import type { PlannedCell } from '../plan/plan.js';
import type { Stage } from '../stage/stage.js';
import type { Tools } from '../stage/tools.js';
import { runStage } from './stage.js';

/** What the cells of a run share. */
export interface CellContext {
  readonly state: State;
  readonly store: ObjectStore;
  readonly ledger: Ledger;
  readonly tools: Tools;
  readonly table: readonly Stage[];
  readonly wanted: ReadonlySet<StageName>;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** A file for a log of this run. */
  readonly logPath: (name: string) => string;
  /** Options of every command that were given. */
  readonly globals?: readonly string[];
}

/**
 * Runs the wanted stages of a cell, each as soon as those it needs are done, with the cell's
 * worktree, build folder and guests to itself.
 *
 * @throws {Interrupted} when the signal aborts, with all children ended
 */
export const runCell = (planned: PlannedCell, ctx: CellContext): Promise<CellResult> =>
  withLock(ctx.state.path('locks', planned.folder), (lock) => runLocked(planned, ctx, lock), {
    signal: ctx.signal,
    onWait: (owner) =>
      ctx.progress({ type: 'note', text: `${planned.key}: waiting for another run to end (${owner})` }),
  });

const runLocked = async (planned: PlannedCell, ctx: CellContext, lock: Lock): Promise<CellResult> => {
  const { key, cell } = planned;
  const { progress } = ctx;
  const stages = ctx.table.filter(({ name }) => ctx.wanted.has(name));
  const guests = openGuests({
    ...ctx,
    arch: cell.arch,
    machines: planned.machines,
    demands: demandsOf(planned.fragments),
    depth: planned.depth,
    consoleLog: (machine) => ctx.logPath(`${key}-${machine}.console`),
    onRecord: (record) => {
      if (record.type === 'start')
        progress({ type: 'update', id: `${key}/conform`, text: `${record.id} on ${record.device}` });
    },
  });
  const running = new Map<StageName, Promise<StageResult>>();
  const start = async (stage: Stage): Promise<StageResult> => {
    const before = new Map<StageName, StageResult>();
    for (const name of stage.needs) {
      const result = await running.get(name);
      if (result) before.set(name, result);
    }
    const work = `${key}/${stage.name}`;
    progress({ type: 'begin', id: work, title: stage.name, parent: key });
    const log = ctx.logPath(`${key}-${stage.name}.log`);
    const result = await runStage(stage, planned, before, ctx.ledger, { ...ctx, guests, lock, work, log });
    progress({ type: 'end', id: work, verdict: ending(result), text: summary(result) });
    return result;
  };
  progress({ type: 'begin', id: key, title: titleOf(planned) });
  await mkdir(dirname(ctx.logPath(key)), { recursive: true });
  for (const stage of stages) running.set(stage.name, start(stage));
  try {
    await Promise.allSettled(running.values());
    const results = await Promise.all(running.values());
    const verdict = worstVerdict(results.map((result) => result.verdict));
    progress({ type: 'end', id: key, verdict: isGood(verdict) ? 'good' : 'bad', text: verdict });
    return { ...cell, key, verdict, stages: results };
  } finally {
    await guests.off();
  }
};

const titleOf = ({ cell, patches }: PlannedCell): string => {
  const title = `${cell.series} ${cell.revision} on ${cell.kernel}, ${cell.config}`;
  return cell.prefix === undefined ? title : `${title}, up to ${patches.at(-1)?.subject}`;
};

const ending = ({ verdict }: StageResult): 'good' | 'bad' | 'skipped' => {
  if (verdict === 'SKIP') return 'skipped';
  return isGood(verdict) ? 'good' : 'bad';
};

const summary = ({ verdict, reason, seconds, cached }: StageResult): string =>
  [verdict, cached ? '(known)' : `${seconds.toFixed(1)} s`, reason].filter(Boolean).join(' ');
