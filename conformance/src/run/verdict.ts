// SPDX-License-Identifier: MIT
import type { CaseRecord, DoneRecord, Verdict } from '../report/records.js';

/** Worst first. A run that only skipped is no pass. */
const ORDER: readonly Verdict[] = ['FAIL', 'ERROR', 'PASS', 'SKIP'];

/** The process's exit code for a run's verdict. */
export const EXIT_CODES: Readonly<Record<Verdict, number>> = { PASS: 0, FAIL: 1, ERROR: 3, SKIP: 4 };

/** Sums the cases up. */
export const summarise = (cases: readonly Pick<CaseRecord, 'verdict'>[], seconds: number): DoneRecord => {
  const count = (verdict: Verdict) => cases.filter((c) => c.verdict === verdict).length;
  return {
    type: 'done',
    verdict: ORDER.find((verdict) => count(verdict) > 0) ?? 'SKIP',
    passed: count('PASS'),
    failed: count('FAIL'),
    errors: count('ERROR'),
    skipped: count('SKIP'),
    seconds,
  };
};
