// SPDX-License-Identifier: MIT
import type { Case } from '../cases/define.js';
import { type CaseRecord, type DeviceRecord, type DoneRecord, TIMED_OUT } from '../report/records.js';
import type { Reporter } from '../report/reporter.js';
import { RECORD_VERSION, SUITE_VERSION } from '../version.js';
import type { Depth } from './depth.js';
import type { Planned } from './plan.js';
import type { Executor, JobOutcome } from './protocol.js';
import { describeStuckThreads } from './stuck.js';
import { summarise } from './verdict.js';

/** What to run, and what to tell. */
export interface SuiteRun {
  readonly kernel: string;
  readonly plan: readonly Planned<DeviceRecord>[];
  readonly depth: Depth;
  /** How many runs of cases a full run has besides. */
  readonly left: number;
  readonly executor: Executor;
  readonly reporter: Required<Reporter>;
  /** The most a case may take, in milliseconds. */
  readonly limitMs: number;
  /** Whether each device is measured, when its cases are done that leave it as it was. */
  readonly rates: boolean;
  /** Aborted when no further case shall begin. */
  readonly stop: AbortSignal;
}

/** How a run ended. `lost`: the executor hangs or is dead, so the device is as the last case left it. */
export interface SuiteEnd {
  readonly done: DoneRecord;
  readonly lost: boolean;
}

/** Runs the cases planned for each device. Each result is reported before the next case begins. */
export const runSuite = async (run: SuiteRun): Promise<SuiteEnd> => {
  const { plan, reporter } = run;
  const devices = [...new Map(plan.map(({ device }) => [device.bdf, device])).values()];
  const turns = plan.filter(({ cases }) => cases.length > 0);
  const start = performance.now();
  const records: CaseRecord[] = [];
  const measured = new Set<string>();
  let blocked: string | null = null;
  let lost = false;
  const { kernel, depth, left } = run;
  reporter.suite(
    { type: 'suite', version: RECORD_VERSION, suite: SUITE_VERSION, kernel, devices, depth, left },
    turns.length,
  );
  for (const { device, cases } of turns) {
    reporter.device(device, cases.length);
    for (const test of cases) {
      const { id, title, clauses } = test;
      if (run.stop.aborted) blocked ??= 'not run: interrupted';
      if (blocked === null)
        reporter.start({ type: 'start', device: device.device, vectors: device.vectors, id });
      const outcome = blocked === null ? await runOne(run, device, test) : missed(blocked);
      if (outcome.lost) {
        lost = true;
        blocked = `not run: ${id} on ${device.bdf} never returned`;
      }
      const { verdict, seconds, message, log } = outcome;
      const record: CaseRecord = {
        type: 'case',
        id,
        title,
        clauses,
        ...device,
        verdict,
        seconds,
        message,
        log,
      };
      records.push(record);
      reporter.case(record);
    }
    // A device has another turn for what changes it for good.
    if (run.rates && !measured.has(device.bdf) && blocked === null && !run.stop.aborted) {
      measured.add(device.bdf);
      const outcome = await measure(run, device);
      if (outcome === 'lost') {
        lost = true;
        blocked = `not run: measuring ${device.bdf} never returned`;
      }
    }
    reporter.deviceDone();
  }
  const done = summarise(records, Math.round(performance.now() - start) / 1000);
  reporter.done(done);
  return { done, lost };
};

/** Has a device measured. That it cannot be is no result: it is only told. */
const measure = async (run: SuiteRun, device: DeviceRecord): Promise<'lost' | null> => {
  const limitMs = RATES_PATIENCE * run.limitMs;
  const outcome = await run.executor.run({ kind: 'rates', bdf: device.bdf }, limitMs).catch(() => null);
  if (outcome === null) return 'lost';
  if (outcome.rates !== undefined)
    run.reporter.rates({ type: 'rates', ...device, by: outcome.rates.by, rates: outcome.rates.vectors });
  return null;
};

/** Thousands of interrupts. */
const RATES_PATIENCE = 2.5;

type Outcome = JobOutcome & { lost?: boolean };

const missed = (message: string): Outcome => ({ verdict: 'MISS', message, log: null, seconds: 0 });

const runOne = async (run: SuiteRun, { bdf }: DeviceRecord, test: Case): Promise<Outcome> => {
  const { id, patience = 1 } = test;
  const limitMs = patience * run.limitMs;
  const start = performance.now();
  const lostAfter = (verdict: 'FAIL' | 'ERROR', message: string, log: string | null): Outcome => {
    const seconds = Math.round(performance.now() - start) / 1000;
    return {
      verdict,
      message: `${message}. Last step: ${run.executor.lastStep()}`,
      log,
      seconds,
      lost: true,
    };
  };
  try {
    const outcome = await run.executor.run({ kind: 'case', id, bdf }, limitMs);
    if (outcome !== null) return outcome;
    const where = describeStuckThreads();
    const place = where[0] === undefined ? '' : `, ${where[0]}`;
    return lostAfter('FAIL', `${TIMED_OUT} ${limitMs / 1000} s${place}`, where.join('\n') || null);
  } catch (error) {
    return lostAfter('ERROR', `The executor died: ${String(error)}`, null);
  }
};
