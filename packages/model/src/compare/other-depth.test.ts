// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { cellResult, stageResult } from '../../test/runs.js';
import type { Depth } from '../depth.js';
import type { CaseResult } from '../result.js';
import type { Verdict } from '../verdict.js';
import { compareRuns } from './compare.js';

const night = (depth: Depth, cases: Readonly<Record<string, Verdict>>) => ({
  cells: [
    {
      ...cellResult([
        stageResult('conform', Object.values(cases).includes('FAIL') ? 'FAIL' : 'PASS', {
          cases: Object.entries(cases).map(
            ([id, verdict]) => ({ id, device: 'edu', vectors: 1, verdict }) as CaseResult,
          ),
        }),
      ]),
      depth,
    },
  ],
});
const told = (...[before, after]: readonly ReturnType<typeof night>[]) =>
  compareRuns(before ?? null, after ?? { cells: [] }).map(({ kind, title, reason }) => [kind, title, reason]);

const all = { a: 'PASS', b: 'PASS', c: 'PASS' } as const;

it('tells what a lesser depth leaves out once, and what failed there by itself', () => {
  expect(told(night('standard', all), night('quick', { a: 'PASS' }))).toEqual([
    ['disappeared', 'the suite at depth quick, before at standard', '2 runs of cases left out, 0 new'],
  ]);
  const failed = told(night('standard', { ...all, c: 'FAIL' }), night('quick', { a: 'PASS', b: 'PASS' }));
  expect(failed.map(([kind, title]) => `${kind} ${title}`)).toContainEqual(
    expect.stringContaining('disappeared c on edu'),
  );
});

it('tells what a greater one brings once, and what fails of it by itself', () => {
  const changes = told(night('quick', { a: 'PASS' }), night('standard', { ...all, d: 'FAIL' }));
  expect(changes.map(([kind, title]) => `${kind} ${title}`)).toEqual([
    expect.stringContaining('new-failure d on edu'),
    'appeared the suite at depth standard, before at quick',
  ]);
});

it('hides nothing that was to be run and was not, nor at the same depth', () => {
  expect(told(night('standard', all), night('quick', { a: 'PASS', b: 'MISS' }))).toHaveLength(2);
  expect(told(night('quick', all), night('quick', { a: 'PASS' }))).toHaveLength(2);
});
