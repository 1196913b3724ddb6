// SPDX-License-Identifier: MIT
import type { CheckResult, Finding } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { judgeChecks } from './inspect.js';

const check = (name: string, verdict: CheckResult['verdict'], reason: string | null = null): CheckResult => ({
  name,
  verdict,
  seconds: 0,
  reason,
});
const finding: Finding = {
  tool: 'sparse',
  kind: 'warning',
  severity: 'warning',
  file: 'a.c',
  line: 1,
  message: 'bad',
};
const untouched = check('docutils', 'SKIP', 'the series touches no page');
const lacking = check('headers', 'MISS', 'g++ not installed');

it('passes when all that there was to look at is good', () => {
  expect(judgeChecks([check('sparse', 'PASS'), untouched], [])).toEqual({ verdict: 'PASS', reason: null });
});

it('is no pass when a check lacked its tool, and a failure when another found something', () => {
  expect(judgeChecks([check('sparse', 'PASS'), lacking], [])).toEqual({
    verdict: 'MISS',
    reason: 'headers: g++ not installed',
  });
  expect(judgeChecks([check('sparse', 'FAIL'), lacking], [finding]).verdict).toBe('FAIL');
});
