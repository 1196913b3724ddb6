// SPDX-License-Identifier: MIT
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { State } from '@uio-msi/host';
import { findArch, findMachine, type GuestRecord, type GuestSpec, startGuest } from '@uio-msi/machine';
import type { Progress } from '@uio-msi/model';
import type { Demands } from '../guest/demands.js';
import { caseLimit, guestLimits, IN_GUEST } from '../guest/job.js';
import type { Artefacts } from '../run/artefacts.js';
import type { Suite } from '../stage/tools.js';
import { judgeTrial, type MutantResult, type Trial, trialsOf } from './judge.js';

/** What tries mutants in a guest, one after the other. */
export const SCRIPT = fileURLToPath(new URL('../../../../tools/guest/mutants', import.meta.url));

/** Where the guest has the modules. */
const MODULES = '/mutants';

/** The driver without a defect: what it does not pass says nothing of a mutant. */
export const UNMUTATED = 'unmutated';

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
 * mutant that spoiled the last. Each result is told as soon as it is known.
 */
export const tryAll = async (
  machine: string,
  candidates: readonly Candidate[],
  ctx: TrialContext,
): Promise<void> => {
  for (let left = candidates; left.length > 0; ) left = left.slice(await tryInGuest(machine, left, ctx));
};

// Gives the number of those that were tried: the first at least.
const tryInGuest = async (
  machine: string,
  candidates: readonly Candidate[],
  ctx: TrialContext,
): Promise<number> => {
  const { state } = ctx;
  const first = candidates[0]?.id ?? '';
  const work = `mutants:${machine}:${first}`;
  ctx.progress({ type: 'begin', id: work, title: `mutants in ${machine}, from ${first} on` });
  const records: GuestRecord[] = [];
  let began = performance.now();
  let told: Promise<void> = Promise.resolve();
  const tell = (trial: Trial, outcome: Parameters<typeof judgeTrial>[2]): void => {
    const candidate = candidates.find(({ id }) => id === trial.id);
    if (candidate === undefined) return;
    const seconds = (performance.now() - began) / 1000;
    const result = { id: trial.id, ...judgeTrial(candidate, trial, outcome), seconds, cached: false };
    told = told.then(() => ctx.onResult(result));
  };
  const onRecord = (record: GuestRecord): void => {
    records.push(record);
    const last = trialsOf(records).at(-1);
    if (record.type === 'mutant') {
      began = performance.now();
      const fraction = candidates.findIndex(({ id }) => id === last?.id) / candidates.length;
      ctx.progress({ type: 'update', id: work, text: last?.id ?? '', fraction });
    }
    if (record.type === 'mutant-end' && last) tell(last, STILL_ON);
  };
  const session = await startGuest(specOf(machine, candidates, ctx, onRecord), {
    ...{ state, progress: ctx.progress, signal: ctx.signal },
  });
  const outcome = await session.done;
  const trials = trialsOf(records);
  const last = trials.at(-1) ?? { id: first, records: [], code: null };
  if (last.code === null) tell(last, outcome);
  await told;
  ctx.progress({
    ...{ type: 'end', id: work, verdict: trials.length > 0 ? 'good' : 'bad', text: outcome.message },
  });
  return Math.max(1, trials.length);
};

// What a guest is when it has just told how a trial ended.
const STILL_ON = { end: 'poweroff', message: '', splats: [] } as const;

const specOf = (
  machine: string,
  candidates: readonly Candidate[],
  { arch, artefacts, demands, suite, consoleLog }: TrialContext,
  onRecord: (record: GuestRecord) => void,
): GuestSpec => {
  const limits = guestLimits(demands);
  return {
    arch: findArch(arch),
    image: artefacts.image,
    machine: findMachine(machine),
    modules: [],
    files: [
      { source: suite.dir, target: IN_GUEST.suite },
      { source: SCRIPT, target: '/bin/mutants' },
      ...artefacts.modules.map((source) => ({ source, target: join(MODULES, UNMUTATED, basename(source)) })),
      ...candidates.flatMap(({ id, module }) =>
        module === null ? [] : [{ source: module, target: join(MODULES, id, basename(module)) }],
      ),
    ],
    job: jobFor(candidates, caseLimit(demands)),
    memory: demands.memory,
    limits: {
      ready: limits.ready,
      silence: limits.silence * 2,
      total: limits.total + candidates.length * EACH * demands.patience,
    },
    consoleLog: consoleLog(`${machine}-${candidates[0]?.id}`),
    onRecord,
  };
};
