// SPDX-License-Identifier: MIT
import { access, appendFile, rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { contentKey, explainRefusal } from '@uio-msi/host';
import {
  type Attempt,
  EnvironmentError,
  Interrupted,
  isGood,
  isReusable,
  type StageName,
  type StageResult,
  UserError,
} from '@uio-msi/model';
import { askedOf } from '../guest/driver.js';
import type { Ledger } from '../ledger/ledger.js';
import type { PlannedCell } from '../plan/plan.js';
import { isStopped, type Stop } from '../schedule/stop.js';
import type { Outcome, Stage, StageContext, StageInputs } from '../stage/stage.js';
import type { Tools } from '../stage/tools.js';
import type { Anew } from './anew.js';
import { reproduce } from './reproduce.js';

/** The results of the stages before one, by name. */
export type Before = ReadonlyMap<StageName, StageResult>;

/** What a stage is run with, by whoever runs it. */
export interface StageRun extends Omit<StageContext, 'key'>, Pick<StageInputs, 'wanted'> {
  readonly globals?: readonly string[];
  /** Waits for what the stage takes of the machine; gives back. */
  readonly admit: (stage: StageName, planned: PlannedCell) => Promise<() => void>;
  readonly stop: Pick<Stop, 'why'>;
  /** What came of it in this run before; null the first time. */
  readonly earlier: StageResult | null;
  /** Whether it is tried again when chance may have made it fail. */
  readonly again: boolean;
  /** What is done although it is known. */
  readonly anew: Anew;
  /** What other cells of the run are at, by content key: nobody does the same at the same time. */
  readonly underWay: UnderWay;
}

/** Work that is being done, by its content key; each promise resolves when it is over, however. */
export type UnderWay = Map<string, Promise<unknown>>;

/**
 * Runs a stage of a cell, or takes its result from the ledger.
 *
 * @param ctx its `key` is filled in here
 * @throws {Interrupted} {UserError}; a machine at fault is an ERROR, and so is a bug, with its stack in the log
 */
export const runStage = async (
  stage: Stage,
  planned: PlannedCell,
  before: Before,
  ledger: Ledger,
  ctx: StageRun,
): Promise<StageResult> => {
  let started = performance.now();
  const again = reproduce(planned, stage.name, ctx.globals);
  const complete = (outcome: Outcome): StageResult => ({
    stage: stage.name,
    verdict: outcome.verdict,
    seconds: (performance.now() - started) / 1000,
    cached: false,
    reason: outcome.reason,
    reproduce: again,
    log: null,
    findings: outcome.findings ?? [],
    ...(outcome.fixed?.length && { fixed: outcome.fixed }),
    outputs: outcome.outputs ?? {},
    ...(outcome.patches && { patches: outcome.patches }),
    ...(outcome.checks && { checks: outcome.checks }),
    ...(outcome.devices && { devices: outcome.devices }),
    ...(outcome.cases && { cases: outcome.cases }),
    ...(outcome.splats && { splats: outcome.splats }),
    ...(ctx.earlier && { attempts: attemptsOf(ctx.earlier) }),
  });
  const inputs = inputsOf(planned, before, ctx.wanted);
  const obstacle = await obstacleTo(stage, inputs, before, ctx.tools);
  if (obstacle) return complete(obstacle);
  const work = async (key: string | null, leave: () => void): Promise<StageResult> => {
    started = performance.now();
    const outcome = await stage.run(inputs, { ...ctx, key: key ?? '' }).finally(leave);
    // What was cut off looks like a failure.
    const why = isGood(outcome.verdict) ? null : ctx.stop.why();
    if (why !== null) return complete({ verdict: 'MISS', reason: why });
    const result = complete(outcome);
    if (ctx.again && mayBeChance(stage, result)) return { ...result, log: await runLog(ctx) };
    if (key && isReusable(result.verdict) && !outcome.hurried) {
      const kept = await ledger.put(key, result, ctx.log);
      ctx.anew.kept(key);
      await rm(ctx.log, { force: true });
      return kept;
    }
    return { ...result, log: await runLog(ctx) };
  };
  try {
    const key = stage.key && contentKey([stage.name, stage.version, await stage.key(inputs, ctx.tools)]);
    for (;;) {
      const known = key && !ctx.anew.wants(stage.name, key) && (await ledger.get(stage.name, key));
      // The ledger's may come from another configuration, series folder or state folder.
      if (known && ((await stage.stillThere?.(known, ctx)) ?? true))
        return { ...known, cached: true, reproduce: again };
      const stopped = ctx.stop.why();
      if (stopped !== null) return complete({ verdict: 'MISS', reason: stopped });
      // Asked for only now: whoever is under way has what he needs of the machine, and will end.
      const leave = await ctx.admit(stage.name, planned);
      const other = key === null ? undefined : ctx.underWay.get(key);
      if (other === undefined) return await alone(key, () => work(key, leave), ctx.underWay);
      leave();
      await other;
    }
  } catch (error) {
    if (isStopped(error, ctx.stop)) return complete({ verdict: 'MISS', reason: ctx.stop.why() });
    if (error instanceof Interrupted || error instanceof UserError) throw error;
    const reason = await whatBroke(explainRefusal(error, ctx.state.dir), ctx.log);
    return { ...complete({ verdict: 'ERROR', reason }), log: await runLog(ctx) };
  }
};

/** Does work that others can see under way by its key. */
const alone = <T>(key: string | null, work: () => Promise<T>, underWay: UnderWay): Promise<T> => {
  const working = work();
  if (key === null) return working;
  const over = working.then(
    () => underWay.delete(key),
    () => underWay.delete(key),
  );
  underWay.set(key, over);
  return working;
};

// One cell that meets a bug is no reason to throw away what all others gave.
const whatBroke = async (error: unknown, log: string): Promise<string> => {
  if (error instanceof EnvironmentError)
    return [error.message, error.why, error.next].filter(Boolean).join('; ');
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  await appendFile(log, `\n${stack}\n`).catch(() => {}); // the disk may be what broke
  return `an error of uio-msi itself, with its stack in the log: ${message}`;
};

/** Whether a failure may be due to chance: a kernel that says what is wrong with it is no matter of chance. */
export const mayBeChance = (
  { mayFlake = false }: Pick<Stage, 'mayFlake'>,
  { verdict, splats = [] }: Pick<StageResult, 'verdict' | 'splats'>,
): boolean => mayFlake && verdict === 'FAIL' && splats.length === 0;

const attemptsOf = ({ attempts = [], verdict, reason, seconds }: StageResult): readonly Attempt[] => [
  ...attempts,
  { verdict, reason, seconds },
];

// What is not for the ledger keeps its log with the run.
const runLog = ({ state, log }: Pick<StageContext, 'state' | 'log'>): Promise<string | null> =>
  access(log).then(
    () => relative(state.dir, log),
    () => null,
  );

/** Why a stage of a cell is not run at all; null when it is. */
export const obstacleTo = async (
  stage: Stage,
  inputs: StageInputs,
  before: Before,
  tools: Tools,
): Promise<Outcome | null> => {
  const blocked = stage.needs
    .map((name) => before.get(name))
    .find((result) => !result || !gaveOutputs(result));
  const { missing } = inputs.planned;
  // Of all that compiles it is said alike: what waits for a compiler was not left out, it is missed.
  if (missing !== null && COMPILE.includes(stage.name) && (!blocked || COMPILE.includes(blocked.stage)))
    return { verdict: 'MISS', reason: missing };
  if (blocked) return { verdict: 'SKIP', reason: whyBlocked(blocked) };
  const skipped = stage.skip?.(inputs) ?? null;
  if (skipped !== null) return { verdict: 'SKIP', reason: skipped };
  const lacking = (await stage.lacks?.(inputs, tools)) ?? null;
  return lacking === null ? null : { verdict: 'MISS', reason: lacking };
};

const COMPILE: readonly StageName[] = ['base', 'build'];

// A stage that failed and still gave what later ones need (a build with warnings) does not hold them up.
const gaveOutputs = ({ verdict, outputs }: StageResult): boolean =>
  verdict !== 'SKIP' && (isGood(verdict) || Object.keys(outputs).length > 0);

const whyBlocked = ({ stage, verdict, reason }: StageResult): string =>
  verdict === 'SKIP' ? (reason ?? `${stage} was left out`) : `${stage} ended with ${verdict}`;

/** What a stage works on, by what those before it gave. */
export const inputsOf = (
  planned: PlannedCell,
  before: Before,
  wanted: ReadonlySet<StageName>,
): StageInputs => ({
  planned,
  wanted: askedOf(planned, wanted),
  output: (stage, name) => {
    const value = before.get(stage)?.outputs[name];
    if (value === undefined) throw new Error(`the stage ${stage} gave no ${name}`);
    return value;
  },
  found: (stage) => before.get(stage) ?? { findings: [] },
});
