// SPDX-License-Identifier: MIT

/** What one test of a program came to. */
export interface KtapResult {
  readonly name: string;
  readonly verdict: 'PASS' | 'FAIL' | 'SKIP';
  /** Why it was skipped, when the program says so. */
  readonly reason: string | null;
  /** What the program said since the result before: diagnostics, without their `#`. */
  readonly said: readonly string[];
}

/** The output of a program in the kernel's Test Anything Protocol. */
export interface Ktap {
  /** How many results it promised; null without a plan. */
  readonly planned: number | null;
  /** Why it has nothing to test; null when it has. */
  readonly skipped: string | null;
  readonly results: readonly KtapResult[];
  /** The test that began last and gave no result; null when there is none. */
  readonly running: string | null;
  /** Why it gave up; null when it did not. */
  readonly bailOut: string | null;
}

const PLAN = /^1\.\.(\d+)(?:\s*# SKIP\b\s*(.*))?/i;
const RESULT = /^(not )?ok \d+(?: -)? ?(.*?)(?:\s*# (SKIP|XFAIL|TODO)\b:?\s*(.*))?$/i;
// kselftest_harness.h says so of each test that it begins.
const RUN = /^ ?RUN\s+(\S+) \.\.\.$/;
const BAIL_OUT = /^Bail out!\s*(.*)/;

/**
 * Reads KTAP: Documentation/dev-tools/ktap.rst. A failure that the program expects (XFAIL, TODO)
 * says nothing, as a skipped test does. Tests within tests are diagnostics of theirs. Pure.
 */
export const parseKtap = (text: string): Ktap => {
  let planned: number | null = null;
  let skipped: string | null = null;
  let bailOut: string | null = null;
  let said: string[] = [];
  const results: KtapResult[] = [];
  for (const line of text.split('\n').map((raw) => raw.trimEnd())) {
    const plan = PLAN.exec(line);
    const result = RESULT.exec(line);
    if (plan) {
      planned = Number(plan[1]);
      skipped = plan[2] ?? null;
    } else if (result) {
      const [, failed, name = '', directive, why] = result;
      const verdict = directive ? 'SKIP' : failed ? 'FAIL' : 'PASS';
      results.push({ name, verdict, reason: why || (directive ?? null), said });
      said = [];
    } else if (BAIL_OUT.test(line)) bailOut = BAIL_OUT.exec(line)?.[1] ?? '';
    else if (line !== '' && !/^(K?TAP version|# Subtest)/.test(line)) said.push(line.replace(/^# ?/, ''));
  }
  const running = said.findLast((line) => RUN.test(line));
  return { planned, skipped, results, running: (running && RUN.exec(running)?.[1]) ?? null, bailOut };
};
