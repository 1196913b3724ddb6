// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { cellResult, stageResult } from '../../test/runs.js';
import { excused, type Finding } from '../finding.js';
import type { CheckResult, StageResult } from '../result.js';
import type { Verdict } from '../verdict.js';
import { compareRuns } from './compare.js';

const told = (before: StageResult, after: StageResult) =>
  compareRuns({ cells: [cellResult([before])] }, { cells: [cellResult([after])] }).map(
    ({ kind, title, after: is }) => `${kind} ${title}: ${is}`,
  );
const finding = (tool: string, message: string): Finding => ({
  ...{ tool, kind: '', severity: 'warning', file: 'a.c', line: 1, message },
});
const check = (name: string, verdict: Verdict, reason: string | null = null): CheckResult => ({
  ...{ name, verdict, seconds: 1, reason },
});
const X = finding('sparse', 'x');
const Y = finding('kernel-doc', 'y');
const inspected = (findings: readonly Finding[], ...checks: readonly CheckResult[]) => {
  const bad = findings.find(({ severity }) => severity !== 'note');
  const reason = bad ? `${bad.tool}: ${bad.file}: ${bad.message}` : null;
  return stageResult('inspect', bad ? 'FAIL' : 'PASS', { findings, checks, reason });
};

it('what a check found disappears with the check, and is new when the check is back', () => {
  const both = inspected([X, Y], check('sparse', 'FAIL'), check('kernel-doc', 'FAIL'));
  for (const verdict of ['MISS', 'SKIP', 'ERROR'] as const) {
    const one = inspected([Y], check('sparse', verdict), check('kernel-doc', 'FAIL'));
    expect(told(both, one)).toEqual(['still-failing a.c: y: FAIL', `disappeared sparse: ${verdict}`]);
    expect(told(one, both)).toEqual(['new-failure a.c: x: FAIL', 'still-failing a.c: y: FAIL']);
  }
  const none = inspected([], check('sparse', 'SKIP'));
  expect(told(inspected([X], check('sparse', 'FAIL')), none)).toEqual(['disappeared sparse: SKIP']);
});

it('what is in the part that a check left out is not fixed', () => {
  const without = 'without api/x.cocci, which needs OCaml';
  const found = (reason: string | null) => inspected([X], check('sparse', 'FAIL', reason));
  const none = (reason: string | null) => inspected([], check('sparse', 'PASS', reason));
  expect(told(found('found 1'), none(without))).toEqual(['disappeared a.c: x: null']);
  expect(told(none(without), found('found 1'))).toEqual(['new-failure a.c: x: FAIL']);
  expect(told(found(`found 1; ${without}`), none(without))).toEqual(['fixed a.c: x: PASS']);
  expect(told(found(`found 1; ${without}`), none(null))).toEqual(['fixed a.c: x: PASS']);
});

it('what is excused is not fixed, and no regression when the excuse is over', () => {
  const plain = inspected([X], check('sparse', 'FAIL'));
  const waived = excused(X, { waivedUntil: '2027-01-01', why: 'it is (read) so' });
  for (const note of [waived, excused(X, { expected: 'guards' })]) {
    const good = inspected([note], check('sparse', 'PASS'));
    expect(told(plain, good)).toEqual(['disappeared a.c: x: SKIP']);
    expect(told(good, plain)).toEqual(['new-failure a.c: x: FAIL']);
    // That it came or went under its excuse is no news.
    expect(told(inspected([], check('sparse', 'PASS')), good)).toEqual([]);
    expect(told(good, inspected([], check('sparse', 'PASS')))).toEqual([]);
  }
  const over = finding('waivers', 'the waiver of sparse expired');
  const expired = inspected([X, over], check('sparse', 'FAIL'));
  expect(told(inspected([waived], check('sparse', 'PASS')), expired)).toEqual([
    'new-failure a.c: x: FAIL',
    'new-failure a.c: the waiver of sparse expired: FAIL',
  ]);
});

it('of a finding that counts nothing is an excuse', () => {
  const [one, other] = [finding('gcc', 'bad (expected: int)'), finding('gcc', 'bad (expected: char)')];
  const built = (findings: readonly Finding[]) =>
    stageResult('build', 'FAIL', { findings, outputs: { artefacts: 'here' }, reason: 'a.c: bad' });
  expect(told(built([one]), built([other]))).toEqual([
    'regression a.c: bad (expected: char): FAIL',
    'fixed a.c: bad (expected: int): PASS',
  ]);
});

it('what comes behind a compile error, or where a guest does not get, is neither fixed nor a regression', () => {
  const built = (message: string, outputs: Record<string, string> = {}) =>
    stageResult('build', 'FAIL', { findings: [finding('gcc', message)], outputs, reason: `a.c: ${message}` });
  const warning = built('unused', { artefacts: 'here' });
  expect(told(warning, built('undeclared'))).toEqual([
    'regression a.c: undeclared: FAIL',
    'disappeared a.c: unused: null',
  ]);
  expect(told(built('undeclared'), warning)).toEqual([
    'new-failure a.c: unused: FAIL',
    'fixed a.c: undeclared: PASS',
  ]);
});
