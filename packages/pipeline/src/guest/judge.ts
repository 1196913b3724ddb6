// SPDX-License-Identifier: MIT
import type { GuestOutcome } from '@uio-msi/machine';
import type { CaseResult, DeviceSummary, Splat, Verdict } from '@uio-msi/model';
import { doubtsAbout } from './doubts.js';
import { judgeEnd } from './end.js';
import type { Meant } from './meant.js';
import type { SuiteRecord } from './stream.js';

/** What a guest's suite gave: the judgement of one machine. */
export interface SuiteJudgement extends Judgement {
  readonly devices: readonly DeviceSummary[];
  readonly cases: readonly CaseResult[];
  readonly splats: readonly Splat[];
}

interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string | null;
  /** True when it rests on our clock alone, and is to be tried again. */
  readonly hurried: boolean;
}

/**
 * Judges what a suite said and how its guest ended. A splat fails it even when every case passed,
 * and so does a guest that ended before the suite was done: the case that ran then is at fault.
 * It passes only when nothing contradicts that.
 *
 * @param meant what the suite must find and do there
 * @param limit seconds that a case was given
 */
export const judgeSuite = (
  records: readonly SuiteRecord[],
  outcome: GuestOutcome,
  meant: Meant,
  limit: number,
): SuiteJudgement => {
  const cases = records.flatMap((record) => (record.type === 'case' ? [record.result] : []));
  const devices = records.flatMap((record) => (record.type === 'suite' ? record.devices : []));
  const cut = cutShort(records, outcome);
  const all = cut ? [...cases, cut] : cases;
  const judgement =
    judgeFailures(cases, cut, outcome, limit) ??
    judgeOutcome(outcome) ??
    judgeErrors(all) ??
    judgeSkipped(all) ??
    judgeDoubts(doubtsAbout(records, outcome, meant));
  return { ...judgement, devices, cases: all, splats: outcome.splats };
};

// The case that had started and not ended when the guest did.
const cutShort = (records: readonly SuiteRecord[], outcome: GuestOutcome): CaseResult | null => {
  const last = records.findLast(({ type }) => type === 'start' || type === 'case');
  if (last?.type !== 'start' || outcome.end === 'poweroff') return null;
  const { id, device, vectors } = last;
  // A start does not say where the device is.
  const [there, ...twins] = records
    .flatMap((record) => (record.type === 'suite' ? record.devices : []))
    .filter((one) => one.device === device && one.vectors === vectors);
  return {
    id,
    title: id,
    clauses: [],
    device,
    vectors,
    ...(there && twins.length === 0 && { bdf: there.bdf }),
    verdict: judgeEnd(outcome, true).verdict,
    seconds: 0,
    message: outcome.splats[0]?.title ?? outcome.message,
    log: outcome.splats.map(({ text }) => text).join('\n') || null,
  };
};

const judgeFailures = (
  cases: readonly CaseResult[],
  cut: CaseResult | null,
  outcome: GuestOutcome,
  limit: number,
): Judgement | null => {
  const failed = [...cases, ...(cut ? [cut] : [])].filter(({ verdict }) => verdict === 'FAIL');
  const [first, ...others] = failed;
  if (!first) return null;
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  const timed = (one: CaseResult) => (one === cut ? judgeEnd(outcome, true).hurried : one.seconds >= limit);
  const hurried = outcome.splats.length === 0 && failed.every(timed);
  return { verdict: 'FAIL', reason: `${nameOf(first)}: ${first.message ?? 'failed'}${more}`, hurried };
};

const judgeOutcome = (outcome: GuestOutcome): Judgement | null => {
  const [splat] = outcome.splats;
  if (splat) return { verdict: 'FAIL', reason: `${splat.kind}: ${splat.title}`, hurried: false };
  return outcome.end === 'poweroff' ? null : { ...judgeEnd(outcome, false), reason: outcome.message };
};

const judgeErrors = (cases: readonly CaseResult[]): Judgement | null => {
  const first = cases.find(({ verdict }) => verdict === 'ERROR');
  return first ? error(`${nameOf(first)}: ${first.message ?? 'failed'}`) : null;
};

const judgeSkipped = (cases: readonly CaseResult[]): Judgement | null => {
  const [first] = cases;
  if (!first || cases.some(({ verdict }) => verdict !== 'SKIP')) return null;
  return { verdict: 'MISS', reason: `every case was skipped: ${first.message}`, hurried: false };
};

const judgeDoubts = ([doubt]: readonly string[]): Judgement =>
  doubt === undefined ? { verdict: 'PASS', reason: null, hurried: false } : error(doubt);

const error = (reason: string): Judgement => ({ verdict: 'ERROR', reason, hurried: false });

const nameOf = ({ id, device }: CaseResult): string => `${id} on ${device}`;
