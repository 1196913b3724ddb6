// SPDX-License-Identifier: MIT
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { State } from '@uio-msi/host';
import { findArch, findMachine, type GuestRecord, startGuest } from '@uio-msi/machine';
import type { Progress } from '@uio-msi/model';
import type { Demands } from '../guest/demands.js';
import { caseLimit, guestLimits, IN_GUEST } from '../guest/job.js';
import type { Artefacts } from '../run/artefacts.js';
import type { Suite } from '../stage/tools.js';
import { judgeTrial, type MutantResult, trialsOf } from './judge.js';

/** What tries mutants in a guest, one after the other. */
export const SCRIPT = fileURLToPath(new URL('../../../../tools/guest/mutants', import.meta.url));

/** Where the guest has the modules. */
const MODULES = '/mutants';

/** Seconds that a mutant may take besides its first one: the suite begins, its case waits for what never comes. */
const EACH = 60;

/** A driver to be tried: a mutant's, or the one that has no defect. */
export interface Candidate {
  readonly id: string;
  /** Cases to be run on it: those that claim it. */
  readonly caughtBy: readonly string[];
  /** The module that differs; null for the one without a defect. */
  readonly module: string | null;
}

/** What guests that try mutants are made from. */
export interface TrialContext {
  readonly state: State;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly arch: string;
  readonly artefacts: Artefacts;
  readonly suite: Suite;
  readonly demands: Demands;
  /** Where a guest's console goes. */
  readonly consoleLog: (name: string) => string;
  readonly onResult: (result: MutantResult) => Promise<void>;
}

/** The job of a guest: what to try, and with which cases. Pure. */
export const jobFor = (
  candidates: readonly Pick<Candidate, 'id' | 'caughtBy'>[],
  seconds: number,
): readonly string[] => [
  '/bin/mutants',
  String(seconds),
  ...candidates.map(({ id, caughtBy }) => `${id}=${caughtBy.join(',')}`),
];

/**
 * Tries drivers in guests of one machine, in as few as it takes: the next guest goes on behind the
 * mutant that spoiled the last. Each result is told as soon as its guest has ended.
 */
export const tryAll = async (
  machine: string,
  candidates: readonly Candidate[],
  ctx: TrialContext,
): Promise<void> => {
  let left = candidates;
  while (left.length > 0) {
    const results = await tryInGuest(machine, left, ctx);
    for (const result of results) await ctx.onResult(result);
    left = left.slice(Math.max(1, results.length));
  }
};

// Gives a result for each that was tried, and at least for the first.
const tryInGuest = async (
  machine: string,
  candidates: readonly Candidate[],
  ctx: TrialContext,
): Promise<readonly MutantResult[]> => {
  const { artefacts, demands, suite, state } = ctx;
  const first = candidates[0]?.id ?? '';
  const work = `mutants:${machine}:${first}`;
  ctx.progress({ type: 'begin', id: work, title: `mutants in ${machine}, from ${first} on` });
  const records: GuestRecord[] = [];
  const beganAt = new Map<string, number>();
  const endedAt = new Map<string, number>();
  const limits = guestLimits(demands);
  const session = await startGuest(
    {
      arch: findArch(ctx.arch),
      image: artefacts.image,
      machine: findMachine(machine),
      modules: [],
      files: [
        { source: suite.dir, target: IN_GUEST.suite },
        { source: SCRIPT, target: '/bin/mutants' },
        ...artefacts.modules.map((source) => ({
          source,
          target: join(MODULES, 'unmutated', basename(source)),
        })),
        ...candidates.flatMap(({ id, module }) =>
          module === null ? [] : [{ source: module, target: join(MODULES, id, basename(module)) }],
        ),
      ],
      job: jobFor(candidates, caseLimit(demands)),
      memory: demands.memory,
      limits: {
        ...limits,
        silence: limits.silence * 2,
        total: limits.total + candidates.length * EACH * demands.patience,
      },
      consoleLog: ctx.consoleLog(`${machine}-${first}`),
      onRecord: (record) => {
        records.push(record);
        const id = String(record['id']);
        if (record.type === 'mutant') {
          beganAt.set(id, performance.now());
          ctx.progress({
            type: 'update',
            id: work,
            text: id,
            fraction: beganAt.size / (candidates.length + 1),
          });
        }
        if (record.type === 'mutant-end') endedAt.set(id, performance.now());
      },
    },
    { state, progress: ctx.progress, signal: ctx.signal },
  );
  const outcome = await session.done;
  const now = performance.now();
  const trials = trialsOf(records);
  ctx.progress({ type: 'end', id: work, verdict: trials.length > 0 ? 'good' : 'bad', text: outcome.message });
  const secondsOf = (id: string) => ((endedAt.get(id) ?? now) - (beganAt.get(id) ?? now)) / 1000;
  return candidates.slice(0, Math.max(1, trials.length)).map(({ id, caughtBy }, at) => {
    const trial = trials[at] ?? { id, records: [], code: null };
    return { id, ...judgeTrial({ caughtBy }, trial, outcome), seconds: secondsOf(id), cached: false };
  });
};
