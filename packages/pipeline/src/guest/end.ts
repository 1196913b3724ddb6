// SPDX-License-Identifier: MIT
import type { GuestEnd, GuestOutcome } from '@uio-msi/machine';
import type { Splat, Verdict } from '@uio-msi/model';

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

/** What speaks against a guest. */
export interface Trouble extends EndJudgement {
  readonly reason: string;
}

/**
 * What speaks against a guest that ran no suite, and of which nobody else looks at the rest: its
 * end, its console, or a driver that its job did not find. Null when nothing does.
 */
export const troubleOf = (
  { machine, drivers }: { readonly machine: string; readonly drivers: readonly string[] },
  outcome: Pick<GuestOutcome, 'end' | 'message' | 'splats' | 'exitCode' | 'consoleEmpty'>,
): Trouble | null => {
  const { end, message, exitCode, splats } = outcome;
  if (end !== 'poweroff') return { ...judgeEnd(outcome, true), reason: `${machine}: ${message}` };
  const absent = exitCode ? absence(drivers, exitCode) : null;
  return splatTrouble(machine, splats) ?? (absent === null ? null : failure(machine, absent));
};

/** What the splats of a guest's console speak against it; null when there are none. */
export const splatTrouble = (machine: string, [splat]: readonly Splat[]): Trouble | null =>
  splat ? failure(machine, `${splat.kind}: ${splat.title}`) : null;

const failure = (machine: string, what: string): Trouble => ({
  verdict: 'FAIL',
  reason: `${machine}: ${what}`,
  hurried: false,
});

const absence = (drivers: readonly string[], exitCode: number): string => {
  const absent = drivers[exitCode - 1];
  return absent === undefined ? `its job ended with ${exitCode}` : `the driver ${absent} is not in sysfs`;
};
