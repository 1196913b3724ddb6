// SPDX-License-Identifier: MIT
import type { CaseResult, DeviceSummary, Verdict } from '@uio-msi/model';
import { type Ktap, parseKtap } from './ktap.js';
import type { SelftestRun } from './records.js';

// Documentation/dev-tools/kselftest.rst: KSFT_PASS and KSFT_SKIP; the shell's 128 + SIGKILL at our limit.
const PASSED = 0;
const SKIPPED = 4;
const KILLED = 137;

/**
 * What a selftest's program gave on a device: a case for each of its tests, and one for the
 * program itself when that was skipped or when its results are not to be believed. Of a program that was cut
 * off it is the test that was running. Pure.
 *
 * @param end what became of the guest, for a program that never ended
 */
export const selftestCases = (
  run: SelftestRun,
  device: DeviceSummary,
  end: string,
): readonly CaseResult[] => {
  const ktap = parseKtap(run.output);
  const result = (name: string, verdict: Verdict, message: string | null, log: string): CaseResult => ({
    id: name.startsWith(`${run.program}.`) || name === run.program ? name : `${run.program}.${name}`,
    title: `selftest ${name}`,
    clauses: [],
    ...device,
    verdict,
    seconds: 0,
    message,
    log: log || null,
  });
  const cases = ktap.results.map(({ name, verdict, reason, said }) =>
    result(name, verdict, verdict === 'FAIL' ? (complaint(said) ?? 'failed') : reason, said.join('\n')),
  );
  if (isSkipped(run, ktap)) return [result(run.program, 'SKIP', ktap.skipped ?? 'it says so', run.output)];
  const doubt = doubtAbout(run, ktap, end);
  if (doubt === null) return cases;
  const culprit = isCutOff(run) ? ktap.running : null;
  return [...cases, result(culprit ?? run.program, 'FAIL', doubt, run.output)];
};

/** Whether a program was ended before its time, by our clock or with its guest. */
export const isCutOff = ({ code }: SelftestRun): boolean => code === null || code === KILLED;

const isSkipped = ({ code }: SelftestRun, { results }: Ktap): boolean =>
  code === SKIPPED && results.every(({ verdict }) => verdict === 'SKIP');

// kselftest_harness.h begins a failed expectation with file, line and test, `uio_msi.c:77:mask:Expected …`, and
// an end by its own clock or a signal with the test alone: `mask: Test terminated by timeout`.
const complaint = (said: readonly string[]): string | undefined =>
  said.find((line) => /^\S+:\d+:\w+:/.test(line)) ?? said.find((line) => /^\w+: Test /.test(line));

// tools/guest/selftest says so of what a killed program left in the kernel; the first of a stack is where it waits.
const stuck = (output: string): string | null => {
  const places = [...output.matchAll(/^# stuck in (\S+)/gm)].map(([, place = '']) => place);
  return places.length === 0 ? null : `the kernel does not let go of it: ${places.slice(0, 6).join(' < ')}`;
};

/** Why the results are not all there is to say; null when they are. */
const doubtAbout = (
  { code, output }: SelftestRun,
  { planned, results, bailOut }: Ktap,
  end: string,
): string | null => {
  if (code === null) return `it never ended: ${end}`;
  if (code === KILLED) return stuck(output) ?? 'it was killed, or did not end in time';
  if (bailOut !== null) return `it gave up: ${bailOut}`;
  if (planned === null) return `it ended with ${code} and wrote no plan`;
  if (planned !== results.length) return `it gave ${results.length} of ${planned} results`;
  const failed = results.some(({ verdict }) => verdict === 'FAIL');
  if (!failed && code !== PASSED) return `it ended with ${code}, though no test failed`;
  return null;
};

/** What the selftests of a cell gave, in a word and a line. */
export interface SelftestJudgement {
  readonly verdict: Verdict;
  readonly reason: string | null;
}

/**
 * Judges the cases of all guests together: a failure is one, and a device on which nothing of one
 * of the programs passed was not tested. Pure.
 *
 * @param programs names of those that were to run, on each of the devices
 */
export const judgeSelftests = (
  cases: readonly CaseResult[],
  devices: readonly DeviceSummary[],
  programs: readonly string[],
): SelftestJudgement => {
  const [first, ...others] = cases.filter(({ verdict }) => verdict === 'FAIL');
  if (first) {
    const more = others.length > 0 ? ` (and ${others.length} more)` : '';
    return { verdict: 'FAIL', reason: `${first.id} on ${first.device}: ${first.message}${more}` };
  }
  const untested = devices
    .flatMap(({ device, vectors }) => programs.map((program) => ({ device, vectors, program })))
    .map((place) => ({ ...place, own: cases.filter((one) => isOf(one, place)) }))
    .find(({ own }) => !own.some(({ verdict }) => verdict === 'PASS'));
  if (untested === undefined) return { verdict: 'PASS', reason: null };
  const { program, device, own } = untested;
  const why = own.find(({ message }) => message !== null)?.message ?? 'no result came';
  return { verdict: 'MISS', reason: `nothing of ${program} passed on ${device}: ${why}` };
};

const isOf = (one: CaseResult, place: DeviceSummary & { readonly program: string }): boolean =>
  one.device === place.device &&
  one.vectors === place.vectors &&
  (one.id === place.program || one.id.startsWith(`${place.program}.`));
