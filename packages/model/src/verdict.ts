// SPDX-License-Identifier: MIT

/**
 * What came out of a stage, a case or a run, worst first. The order is KCIDB's
 * (kcidb schema v5.3, `status`): a list of verdicts is worth its worst member.
 *
 * - FAIL: the code under test is at fault
 * - ERROR: the harness or the machine is
 * - MISS: it never ran
 * - PASS: it ran and is good
 * - DONE: it ran, nothing to judge
 * - SKIP: it was left out on purpose; always carries a reason
 */
export const VERDICTS = ['FAIL', 'ERROR', 'MISS', 'PASS', 'DONE', 'SKIP'] as const;

/** One of {@link VERDICTS}. */
export type Verdict = (typeof VERDICTS)[number];

/** The worst of the given verdicts; SKIP when there are none. */
export const worstVerdict = (verdicts: Iterable<Verdict>): Verdict => {
  let worst: Verdict = 'SKIP';
  for (const verdict of verdicts) if (isWorse(verdict, worst)) worst = verdict;
  return worst;
};

/** Whether one verdict is worse than another. */
export const isWorse = (verdict: Verdict, other: Verdict): boolean =>
  VERDICTS.indexOf(verdict) < VERDICTS.indexOf(other);

/** Whether a verdict may be reused from the ledger: only what the code decided, never the harness. */
export const isReusable = (verdict: Verdict): boolean => verdict === 'PASS' || verdict === 'FAIL';

/** Whether a verdict lets the stages behind it run. */
export const isGood = (verdict: Verdict): boolean =>
  verdict === 'PASS' || verdict === 'DONE' || verdict === 'SKIP';
