// SPDX-License-Identifier: MIT
import type { GuestEnd, GuestOutcome } from '@uio-msi/machine';
import type { Verdict } from '@uio-msi/model';

/** What a guest's end says about the code under test. */
export interface EndJudgement {
  readonly verdict: Verdict;
  /** True when it rests on our clock alone: a busy machine may be at fault, so it is tried again. */
  readonly hurried: boolean;
}

// Ends that say nothing about the code under test.
const HARNESS_ENDS: ReadonlySet<GuestEnd> = new Set(['killed', 'left']);

// Ends that our clock brings about.
const TIMED_ENDS: ReadonlySet<GuestEnd> = new Set(['not-ready', 'silence', 'timeout']);

/**
 * Whose fault an end before its time is. One that our clock brought about, with nothing on the
 * console that means trouble, is the code's only when code under test was at work by then: a
 * driver that hangs fails. Even so it is not kept. Of a kernel that never spoke nothing is known.
 *
 * @param atWork whether a case was running, or the kernel was on its way to ready
 */
export const judgeEnd = (
  { end, splats, consoleEmpty }: Pick<GuestOutcome, 'end' | 'splats' | 'consoleEmpty'>,
  atWork: boolean,
): EndJudgement => {
  if (HARNESS_ENDS.has(end) || consoleEmpty) return { verdict: 'ERROR', hurried: false };
  if (!TIMED_ENDS.has(end) || splats.length > 0) return { verdict: 'FAIL', hurried: false };
  return { verdict: atWork ? 'FAIL' : 'ERROR', hurried: true };
};
