// SPDX-License-Identifier: MIT
import type { CaseRecord, DoneRecord, Verdict } from '../report/records.js';

/** Worst first. A run that only skipped is no pass. */
const ORDER: readonly Verdict[] = ['FAIL', 'ERROR', 'MISS', 'PASS', 'SKIP'];

/** The process's exit code for a run's verdict. */
export const EXIT_CODES: Readonly<Record<Verdict, number>> = {
  PASS: 0,
  FAIL: 1,
  ERROR: 3,
  MISS: 3,
  SKIP: 4,
};

/** Sums the cases up. A run of which a case never ran was broken off: that is an error, never a pass. */
export const summarise = (cases: readonly Pick<CaseRecord, 'verdict'>[], seconds: number): DoneRecord => {
  const worst = ORDER.find((verdict) => cases.some((c) => c.verdict === verdict)) ?? 'SKIP';
  const count = (verdict: Verdict) => cases.filter((c) => c.verdict === verdict).length;
  return {
    type: 'done',
    verdict: worst === 'MISS' ? 'ERROR' : worst,
    passed: count('PASS'),
    failed: count('FAIL'),
    errors: count('ERROR') + count('MISS'),
    skipped: count('SKIP'),
    seconds,
  };
};
