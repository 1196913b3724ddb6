// SPDX-License-Identifier: MIT
import { compareRuns, groupChanges, type RunResult, type Verdict } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { cell, run, stage } from '../../../testing/sample.js';
import type { PastRun } from '../input.js';
import { headline } from './headline.js';

const night = (...boots: readonly Verdict[]): RunResult =>
  run(
    'PASS',
    boots.map((verdict, at) =>
      cell(verdict, [stage('build'), stage('boot', { verdict, reason: 'why' })], `7.${at}.1`),
    ),
  );
const said = (before: RunResult | null, now: RunResult): string =>
  headline(
    { run: now, before: before && ({ run: before.run } as PastRun) },
    groupChanges(compareRuns(before, now)),
  );

it.each([
  ['Nothing fails', night('PASS')],
  ['Nothing fails, 2 stages not judged', night('ERROR', 'PASS', 'MISS')],
  ['1 failure, 1 stage not judged', night('FAIL', 'ERROR')],
  ['Nothing fails', night('PASS', 'SKIP')],
])('says "%s" of a first night', (words, now) => {
  expect(said(null, now)).toBe(words);
});

it.each([
  ['Nothing new fails, 1 stage not judged', night('PASS', 'PASS'), night('ERROR', 'PASS')],
  ['1 regression, 1 stage not judged', night('PASS', 'PASS'), night('ERROR', 'FAIL')],
  ['Nothing new, 1 still failing, 1 stage not judged', night('PASS', 'FAIL'), night('MISS', 'FAIL')],
])('says "%s" of a later one', (words, before, now) => {
  expect(said(before, now)).toBe(words);
});
