// SPDX-License-Identifier: MIT
import type { Finding } from '../src/finding.js';
import type { CaseResult, CheckResult, Splat, StageResult } from '../src/result.js';
import { stageResult } from './runs.js';

/** What is wrong with a series, whoever looks. */
export interface Truth {
  readonly warnings: readonly string[];
  /** `sparse x`. */
  readonly findings: readonly string[];
  readonly cases: readonly string[];
  /** The cases in which the kernel complains. */
  readonly splats: readonly string[];
  /** Whether it does so while it boots. */
  readonly boots: boolean;
}

/** How far one night looked. */
export interface Look {
  /** A compile error; of the warnings, those that came before it. */
  readonly error: readonly string[] | null;
  /** Checks that were not installed. */
  readonly missing: readonly string[];
  /** The case in which the guest hung. */
  readonly cut: number | null;
  readonly hangsInBoot: boolean;
}

/** A night that looked at everything. */
export const WHOLE: Look = { error: null, missing: [], cut: null, hangsInBoot: false };

/** Cases of the suite, in their order. */
export const CASES = ['a', 'b', 'c'];
/** Checks of a built tree. */
export const CHECKS = ['sparse', 'kernel-doc'];

const finding = (tool: string, message: string): Finding => ({
  ...{ tool, kind: '', severity: 'warning', file: 'a.c', line: 1, message },
});

const build = ({ warnings }: Truth, { error }: Look): StageResult => {
  const said = error === null ? warnings : ['undeclared', ...warnings.filter((one) => error.includes(one))];
  const outputs: Record<string, string> = error === null ? { artefacts: 'here' } : {};
  const more = { findings: said.map((one) => finding('gcc', one)), outputs };
  return stageResult('build', said.length > 0 ? 'FAIL' : 'PASS', {
    ...more,
    reason: said[0] ? `a.c:1: ${said[0]}` : null,
  });
};

const inspect = (truth: Truth, { missing }: Look): StageResult => {
  const found = truth.findings
    .map((one) => one.split(' ') as [string, string])
    .filter(([tool]) => !missing.includes(tool));
  const checks = CHECKS.map((name): CheckResult => {
    const verdict = found.some(([tool]) => tool === name) ? 'FAIL' : 'PASS';
    return { name, verdict: missing.includes(name) ? 'MISS' : verdict, seconds: 1, reason: null };
  });
  const verdict = found.length > 0 ? 'FAIL' : missing.length > 0 ? 'MISS' : 'PASS';
  const findings = found.map(([tool, message]) => finding(tool, message));
  return stageResult('inspect', verdict, {
    findings,
    checks,
    reason: found[0] ? `${found[0][0]}: a.c:1: ${found[0][1]}` : null,
  });
};

const splatIn = (where: string): Splat => {
  const title = `BUG: KASAN in ${where}`;
  return { kind: 'kasan', title, text: `${title}\n uio_msi_${where}+0x1/0x2\n` };
};

const boot = ({ boots }: Truth, { hangsInBoot }: Look): StageResult => {
  if (hangsInBoot) return stageResult('boot', 'FAIL', { reason: 'pc: it hung' });
  return stageResult('boot', boots ? 'PASS' : 'FAIL', {
    ...(boots ? {} : { splats: [splatIn('probe')], reason: `pc: kasan: ${splatIn('probe').title}` }),
  });
};

const conform = (truth: Truth, { cut }: Look): StageResult => {
  const cases = CASES.slice(0, (cut ?? CASES.length) + 1).map((id, at): CaseResult => {
    const message = at === cut ? 'it hung' : truth.cases.includes(id) ? 'got 3' : null;
    const verdict = message === null ? 'PASS' : 'FAIL';
    const more = { title: id, clauses: [], device: 'rocker', vectors: 4, seconds: 1, log: null };
    return { id, verdict, message, ...more };
  });
  const splats = CASES.slice(0, cut ?? CASES.length)
    .filter((id) => truth.splats.includes(id))
    .map(splatIn);
  const bad = cases.find(({ verdict }) => verdict === 'FAIL');
  const [splat] = splats;
  const reason = bad ? `${bad.id} on rocker: ${bad.message}` : splat ? `kasan: ${splat.title}` : null;
  return stageResult('conform', reason === null ? 'PASS' : 'FAIL', { cases, splats, reason });
};

/** What a night says of a series. */
export const nightOf = (truth: Truth, look: Look): readonly StageResult[] =>
  [build, inspect, boot, conform].map((stage) => stage(truth, look));
