// SPDX-License-Identifier: MIT
import type { GuestEnd, GuestOutcome } from '@uio-msi/machine';
import type { CaseResult, DeviceSummary, Splat, Verdict } from '@uio-msi/model';
import type { SuiteRecord } from './stream.js';

/** What a guest's suite gave: the judgement of one machine. */
export interface SuiteJudgement {
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly hurried: boolean;
  readonly devices: readonly DeviceSummary[];
  readonly cases: readonly CaseResult[];
  readonly splats: readonly Splat[];
}

// Ends that say nothing about the code under test.
const HARNESS_ENDS: readonly GuestEnd[] = ['killed'];

// Ends that our patience brings about, and a slow machine as well as a driver that hangs.
const LIMIT_ENDS: readonly GuestEnd[] = ['not-ready', 'silence', 'timeout'];

/** Whether a guest ended at a limit and its kernel did not say why. */
export const wasHurried = ({ end, splats }: Pick<GuestOutcome, 'end' | 'splats'>): boolean =>
  LIMIT_ENDS.includes(end) && splats.length === 0;

/** Whose fault an end before its time is. */
export const endVerdict = (end: GuestEnd): Verdict => (HARNESS_ENDS.includes(end) ? 'ERROR' : 'FAIL');

/**
 * Judges what a suite said and how its guest ended. A splat fails it even when every case passed,
 * and so does a guest that ended before the suite was done: the case that ran then is at fault.
 */
export const judgeSuite = (records: readonly SuiteRecord[], outcome: GuestOutcome): SuiteJudgement => {
  const cases = records.flatMap((record) => (record.type === 'case' ? [record.result] : []));
  const devices = records.flatMap((record) => (record.type === 'suite' ? record.devices : []));
  const cut = cutShort(records, outcome);
  const all = cut ? [...cases, cut] : cases;
  const { splats } = outcome;
  return { ...verdictOf(all, records, outcome), hurried: wasHurried(outcome), devices, cases: all, splats };
};

// The case that had started and not ended when the guest did.
const cutShort = (records: readonly SuiteRecord[], outcome: GuestOutcome): CaseResult | null => {
  const last = records.findLast(({ type }) => type === 'start' || type === 'case');
  if (last?.type !== 'start' || records.some(({ type }) => type === 'done')) return null;
  const { id, device, vectors } = last;
  return {
    id,
    title: id,
    clauses: [],
    device,
    vectors,
    verdict: endVerdict(outcome.end),
    seconds: 0,
    message: outcome.splats[0]?.title ?? outcome.message,
    log: outcome.splats.map(({ text }) => text).join('\n') || null,
  };
};

const verdictOf = (
  cases: readonly CaseResult[],
  records: readonly SuiteRecord[],
  outcome: GuestOutcome,
): Pick<SuiteJudgement, 'verdict' | 'reason'> => {
  const failed = cases.filter(({ verdict }) => verdict === 'FAIL');
  const first = failed[0] ?? cases.find(({ verdict }) => verdict === 'ERROR');
  if (first) {
    const others = failed.length > 1 ? ` (and ${failed.length - 1} more)` : '';
    return {
      verdict: first.verdict,
      reason: `${first.id} on ${first.device}: ${first.message ?? 'failed'}${others}`,
    };
  }
  const [splat] = outcome.splats;
  if (splat) return { verdict: 'FAIL', reason: `${splat.kind}: ${splat.title}` };
  if (outcome.end !== 'poweroff') return { verdict: endVerdict(outcome.end), reason: outcome.message };
  if (!records.some(({ type }) => type === 'done'))
    return { verdict: 'ERROR', reason: `the suite ended with ${outcome.exitCode} before it was done` };
  if (cases.length === 0) return { verdict: 'ERROR', reason: 'the suite ran no case' };
  if (cases.every(({ verdict }) => verdict === 'SKIP'))
    return { verdict: 'SKIP', reason: `every case was skipped: ${cases[0]?.message}` };
  return { verdict: 'PASS', reason: null };
};
