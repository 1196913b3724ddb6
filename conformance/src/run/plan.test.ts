// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import type { Case } from '../cases/define.js';
import { planCases } from './plan.js';

const make = (id: string, more: Partial<Case> = {}): Case => ({
  id,
  title: id,
  clauses: [],
  run: () => undefined,
  ...more,
});

const devices = [
  { name: 'one vector', vectors: 1 },
  { name: 'four', vectors: 4 },
  { name: 'five', vectors: 5 },
];
const plan = (...cases: Case[]) =>
  planCases(cases, devices, ({ vectors }) => ({ vectors, interrupts: 'msix' as const, model: null })).map(
    (planned) => planned.cases.map(({ id }) => id).join(' '),
  );

it('runs a case on every device, one marked once on the first alone', () => {
  expect(plan(make('a'), make('b', { once: true }), make('c'))).toEqual(['a b c', 'a c', 'a c']);
});

it('runs what changes the machine for good on the last device', () => {
  expect(plan(make('a'), make('b', { irreversible: 'machine' }))).toEqual(['a', 'a', 'a b']);
  expect(plan(make('c', { irreversible: 'device' }))).toEqual(['c', 'c', 'c']);
});

it('runs a case marked once where its needs are met, and where they are met nowhere on the first', () => {
  expect(plan(make('a', { once: true, needs: ['twoVectors'] }))).toEqual(['', 'a', '']);
  expect(plan(make('a', { once: true, needs: ['provoker'] }))).toEqual(['a', '', '']);
});
