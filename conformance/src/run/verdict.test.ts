// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../report/records.js';
import { EXIT_CODES, summarise } from './verdict.js';

const run = (...verdicts: Verdict[]) =>
  summarise(
    verdicts.map((verdict) => ({ verdict })),
    1,
  );

describe('summarise', () => {
  it.each<[Verdict[], Verdict, number]>([
    [['PASS', 'PASS'], 'PASS', 0],
    [['PASS', 'SKIP'], 'PASS', 0],
    [['PASS', 'ERROR', 'FAIL'], 'FAIL', 1],
    [['PASS', 'ERROR'], 'ERROR', 3],
    [['SKIP', 'SKIP'], 'SKIP', 4],
    [[], 'SKIP', 4],
  ])('%j is %s, exit %i', (verdicts, verdict, code) => {
    expect(run(...verdicts).verdict).toBe(verdict);
    expect(EXIT_CODES[verdict]).toBe(code);
  });

  it('a run that was broken off is no pass, and a failure stays one', () => {
    expect(run('PASS', 'MISS')).toMatchObject({ verdict: 'ERROR', errors: 1, skipped: 0 });
    expect(run('MISS', 'FAIL', 'ERROR')).toMatchObject({ verdict: 'FAIL', errors: 2 });
  });

  it('counts', () => {
    expect(run('PASS', 'FAIL', 'FAIL', 'SKIP')).toMatchObject({
      passed: 1,
      failed: 2,
      errors: 0,
      skipped: 1,
    });
  });
});
