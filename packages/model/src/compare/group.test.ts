// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { cellResult, stageResult } from '../../test/runs.js';
import type { CaseResult } from '../result.js';
import { compareRuns } from './compare.js';
import { filterChanges } from './filter.js';
import { withoutNumbers } from './fingerprint.js';
import { groupChanges, groupFailures } from './group.js';

const failed = (device: string, message: string): CaseResult => ({
  ...{ id: 'irq.replace', title: '', clauses: [], device, vectors: 4, verdict: 'FAIL', seconds: 1 },
  ...{ message, log: null },
});
const cell = (config: string, ...cases: readonly CaseResult[]) =>
  cellResult([stageResult('conform', 'FAIL', { cases })], { config });

const run = {
  cells: [
    cell('minimal', failed('rocker', 'vector 3 did not come in 500 ms'), failed('edu', 'EINVAL')),
    cell('debug', failed('rocker', 'vector 7 did not come in 612 ms')),
  ],
};

it('puts one failure of several cells and devices together', () => {
  expect(groupFailures(run).map(({ title, cells }) => [title, cells.map(({ config }) => config)])).toEqual([
    ['irq.replace on rocker', ['minimal', 'debug']],
    ['irq.replace on edu', ['minimal']],
  ]);
});

it('keeps kinds apart: one is fixed where another goes on', () => {
  const changes = compareRuns({ cells: run.cells.slice(0, 1) }, run);
  expect(groupChanges(changes).map(({ kind, cells }) => [kind, cells.length])).toEqual([
    ['new-failure', 1],
    ['still-failing', 1],
    ['still-failing', 1],
  ]);
});

it('filters what has been compared', () => {
  const changes = compareRuns(null, run);
  expect(filterChanges(changes, { configs: ['debug'] }).map(({ title }) => title)).toEqual([
    'irq.replace on rocker',
  ]);
  expect(filterChanges(changes, { kinds: ['fixed'] })).toEqual([]);
  expect(filterChanges(changes, { kernels: ['9.1'] })).toEqual(changes);
});

it.each([
  ['KASAN in uio_msi_ioctl+0x12/0x340 [uio_msi]', 'KASAN in uio_msi_ioctl [uio_msi]'],
  ['fault at ffff888012345678', 'fault at #'],
  ['drivers/uio/uio.c:12:3: linux 6.1.187', 'drivers/uio/uio.c:#:#: linux #'],
  ['a deadbeefcafe1234 b decade', 'a # b decade'],
])('of %j the place and the time go', (message, expected) => {
  expect(withoutNumbers(message)).toBe(expected);
});
