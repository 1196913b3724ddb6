// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { bundle, results, spoil } from '../../test/bundle.js';
import { CASES } from '../cases/table.js';
import { verifyBundle } from '../evidence/verify.js';
import { describe } from './verify.js';

const told = (message: string): string => {
  const change = spoil('irq.each-vector', 'FAIL');
  const files = bundle(
    results((record) => {
      const changed = change(record);
      return changed.verdict === 'FAIL' ? { ...changed, message } : changed;
    }),
  );
  return describe(verifyBundle(files, { cases: CASES, allowed: [], digest: null }));
};

it('says why a claim does not hold', () => {
  expect(told('It was lost.')).toMatch(
    /irq\.each-vector on rocker \S+: FAIL, It was lost\.\nNot passed\.\n$/,
  );
});

it('lets no bundle write to the terminal what it likes', () => {
  const said = told('\u001b[2J\u001b[HPassed.\u202e \u009b2K');
  expect(said).toContain('\\u{1b}[2J\\u{1b}[HPassed.\\u{202e} \\u{9b}2K');
  expect(said).not.toMatch(/[^\P{C}\n]/u);
});
