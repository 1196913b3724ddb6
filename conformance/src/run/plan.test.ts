// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import type { Case } from '../cases/define.js';
import { CASES } from '../cases/table.js';
import { countPlanned, type Extent, planCases } from './plan.js';

const make = (id: string, more: Partial<Case> = {}): Case => ({
  id,
  title: id,
  clauses: [],
  run: () => undefined,
  ...more,
});

const devices = [
  { interrupts: 'intx', vectors: 1 },
  { interrupts: 'msix', vectors: 5 },
  { interrupts: 'msix', vectors: 4 },
] as const;
const facts = (device: (typeof devices)[number]) => ({ ...device, model: null });
const STANDARD: Extent = { depth: 'standard', elsewhere: [] };
const QUICK: Extent = { depth: 'quick', elsewhere: [] };
const plan = (extent: Extent, ...cases: Case[]) =>
  planCases(cases, devices, facts, extent).map((planned) => planned.cases.map(({ id }) => id).join(' '));

const ALL = [
  make('driver', { scope: 'driver' }),
  make('core', { scope: 'core' }),
  make('machine', { scope: 'machine' }),
  make('type'),
  make('long', { scope: 'long' }),
  make('device', { scope: 'device' }),
];

it.each<[string, Extent, string[]]>([
  ['quick', QUICK, ['type long device', 'device', 'driver core machine type long device']],
  [
    'standard',
    STANDARD,
    ['core type long device', 'core type device', 'driver core machine type long device'],
  ],
  [
    'full',
    { depth: 'full', elsewhere: [] },
    ['core type long device', 'core type long device', 'driver core machine type long device'],
  ],
])('runs a case on as many devices as it says something new of: %s', (_, extent, places) => {
  expect(plan(extent, ...ALL)).toEqual(places);
});

it('leaves to another machine what one device is enough for, but nothing that this one has alone', () => {
  expect(plan({ ...QUICK, elsewhere: ['driver', 'msix'] }, ...ALL)).toEqual([
    'type long device',
    'device',
    'machine device',
  ]);
  expect(plan({ ...STANDARD, elsewhere: ['msix'] }, make('type'))).toEqual(['type', 'type', 'type']);
});

it('runs what lasts when all else has run: on each device, then once for the machine', () => {
  const lasting = [make('m', { irreversible: 'machine' }), make('d', { irreversible: 'device' })];
  for (const extent of [QUICK, STANDARD])
    expect(plan(extent, make('b', { irreversible: 'machine' }))).toEqual(['', '', '', 'b']);
  expect(plan(STANDARD, ...lasting, make('x'))).toEqual(['x', 'x', 'x', 'd', 'd', 'd', 'm']);
});

it('runs a case that one device is enough for where its needs are met, and where they are met nowhere on one', () => {
  const scope = 'driver';
  expect(plan(STANDARD, make('a', { scope, needs: ['fourVectors'] }))).toEqual(['', '', 'a']);
  expect(plan(STANDARD, make('a', { scope, needs: ['provoker'] }))).toEqual(['a', '', '']);
});

it.each(['quick', 'standard', 'full'] as const)('runs every case there is at depth %s', (depth) => {
  const planned = planCases(CASES, devices, facts, { depth, elsewhere: [] });
  const ids = new Set(planned.flatMap(({ cases }) => cases.map(({ id }) => id)));
  expect([...ids].sort()).toEqual(CASES.map(({ id }) => id).sort());
});

it('does less at a smaller depth', () => {
  const counts = (['quick', 'standard', 'full'] as const).map((depth) =>
    countPlanned(planCases(CASES, devices, facts, { depth, elsewhere: [] })),
  );
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  expect(new Set(counts).size).toBe(3);
});
