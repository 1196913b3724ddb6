// SPDX-License-Identifier: MIT
import type { Verdict } from '../verdict.js';
import type { ChangeKind } from './change.js';

/** Whether a verdict says something of the code: what the harness or the plan decided does not. */
export const isJudged = (verdict: Verdict | null): verdict is 'PASS' | 'FAIL' | 'DONE' =>
  verdict === 'PASS' || verdict === 'FAIL' || verdict === 'DONE';

type Worth = 'good' | 'bad' | 'unknown';

const worthOf = (verdict: Verdict | null): Worth =>
  !isJudged(verdict) ? 'unknown' : verdict === 'FAIL' ? 'bad' : 'good';

// From what it was, by what it is.
const KINDS: Readonly<Record<Worth, Readonly<Record<Worth, ChangeKind | null>>>> = {
  good: { good: null, bad: 'regression', unknown: 'disappeared' },
  bad: { good: 'fixed', bad: 'still-failing', unknown: 'disappeared' },
  unknown: { good: 'appeared', bad: 'new-failure', unknown: null },
};

/** What has become of something; null when nothing has. Null as a verdict is for what is not there. */
export const changeKind = (before: Verdict | null, after: Verdict | null): ChangeKind | null =>
  KINDS[worthOf(before)][worthOf(after)];
