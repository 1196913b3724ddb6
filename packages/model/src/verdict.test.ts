// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { isReusable, VERDICTS, worstVerdict } from './verdict.js';

describe('worstVerdict', () => {
  it.each([
    [['PASS', 'FAIL', 'ERROR'], 'FAIL'],
    [['PASS', 'ERROR', 'MISS'], 'ERROR'],
    [['PASS', 'MISS'], 'MISS'],
    [['SKIP', 'PASS'], 'PASS'],
    [['SKIP', 'SKIP'], 'SKIP'],
    [[], 'SKIP'],
  ] as const)('of %j is %s', (given, expected) => {
    expect(worstVerdict(given)).toBe(expected);
  });
});

describe('isReusable', () => {
  it('keeps what the code decided and never what the harness did', () => {
    expect(VERDICTS.filter(isReusable)).toEqual(['FAIL', 'PASS']);
  });
});
