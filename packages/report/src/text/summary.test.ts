// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { badRun, caseResult, cell, checkResults, finding, run, stage } from '../../testing/sample.js';
import { duration } from '../words.js';
import { renderSummary } from './summary.js';

const plain = { colour: false, report: null };

it('says what failed, where, and how to see it again', () => {
  const text = renderSummary(badRun(), { colour: false, report: 'runs/x/report/index.html' });
  expect(text).toContain('FAIL rocker/66 irq.every: vector 65: expected 1 event within 1 s, got 0');
  expect(text).toContain('warning: WARNING: CPU: 1 PID: 77 at kernel/irq/manage.c:1901');
  expect(text).toContain(
    '0001-uio-add-an-ioctl-operation.patch: drivers/uio/uio.c @@ -882,6 +882,29 @@: context differs',
  );
  expect(text).toContain('again: ./uio-msi check --kernels 7.2.6 --stages conform');
  expect(text).toContain('report: runs/x/report/index.html');
  expect(text).toMatch(/^FAIL uio_msi v2, run 20261122T081500Z-3f2a, 4 min 22 s$/m);
});

it('does not count notes as findings', () => {
  const noted = stage('check', { findings: [finding({ severity: 'note' })] });
  expect(renderSummary(run('PASS', [cell('PASS', [noted])]), plain)).not.toMatch(/finding|unused/);
});

it('caps a flood and says how much is in the report', () => {
  const cases = Array.from({ length: 100 }, (_, i) =>
    caseResult({ id: `irq.${i}`, verdict: 'FAIL', message: 'lost' }),
  );
  const text = renderSummary(
    run('FAIL', [cell('FAIL', [stage('conform', { verdict: 'FAIL', cases })])]),
    plain,
  );
  expect(text.match(/lost/g)).toHaveLength(8);
  expect(text).toContain('… and 92 more in the report');
});

it('lets nothing from outside control the terminal', () => {
  const hostile = finding({ message: `\u001b]0;title\u0007\u001b[2J\r\n${'x'.repeat(10_000)}` });
  const text = renderSummary(run('FAIL', [cell('FAIL', [stage('build', { findings: [hostile] })])]), plain);
  for (const control of ['\u0007', '\u001b', '\r']) expect(text).not.toContain(control);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(500);
});

it('paints verdicts only when asked', () => {
  expect(renderSummary(badRun(), { colour: true, report: null })).toContain('\u001b[31mFAIL\u001b[0m');
  expect(renderSummary(badRun(), plain)).not.toContain('\u001b');
});

it('names checks that were left out, or a part of them', () => {
  const text = renderSummary(
    run('PASS', [cell('PASS', [stage('inspect', { checks: checkResults() })])]),
    plain,
  );
  expect(text).toContain(
    '2 checks passed; headers PASS: without C++; docutils SKIP: rst2pseudoxml not installed',
  );
});

it.each([
  [0.02, '0.02 s'],
  [14.2, '14.2 s'],
  [185, '3 min 05 s'],
  [3599.4, '59 min 59 s'],
  [21_930, '6 h 05 min'],
])('tells %d seconds as %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
