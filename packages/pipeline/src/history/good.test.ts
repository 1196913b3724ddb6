// SPDX-License-Identifier: MIT
import type { CellSummary, RunSummary, Verdict } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { goodRuns } from './good.js';

const cell = (toolchain: string, build: Verdict, kernel = '7.2.6'): CellSummary => ({
  ...{ series: 'uio_msi', revision: 'v2', line: '7.2', kernel, arch: 'x86_64', toolchain, config: 'minimal' },
  ...{ key: `${kernel}-${toolchain}`, verdict: build },
  stages: [
    ['apply', 'PASS', 1],
    ['build', build, 1],
  ],
});

const run = (name: string, verdict: Verdict, ...cells: CellSummary[]): RunSummary => ({
  ...{ version: 1, run: name, sequence: 1, series: 'uio_msi', revision: 'v2', tier: 'nightly', verdict },
  ...{ started: '2026-11-22T08:15:00.000Z', seconds: 1, changes: null, cells },
});

const good = (...runs: RunSummary[]) => goodRuns(runs).map((one) => one.run);

it('counts a night good without a compiler that never was there', () => {
  const night = run('a', 'MISS', cell('gcc-12', 'PASS'), cell('clang-19', 'MISS'));
  expect(good(night)).toEqual(['a']);
});

it('does not where another run had it, also of an earlier kernel', () => {
  const before = run('b', 'PASS', cell('gcc-12', 'PASS'), cell('clang-19', 'PASS', '7.2.5'));
  const night = run('a', 'MISS', cell('gcc-12', 'PASS'), cell('clang-19', 'MISS'));
  expect(good(night, before)).toEqual(['b']);
});

it('does not where the compiler is gone, of which only the name is left', () => {
  const before = run('b', 'PASS', cell('gcc-12', 'PASS'), cell('clang-19', 'PASS'));
  const night = run('a', 'MISS', cell('gcc-12', 'PASS'), cell('clang', 'MISS'));
  expect(good(night, before)).toEqual(['b']);
});

it('counts it good where another version of it was there all the time', () => {
  const night = run('a', 'MISS', cell('clang-19', 'PASS'), cell('clang-21', 'MISS'));
  expect(good(night)).toEqual(['a']);
});

it.each(['FAIL', 'ERROR'] as const)('does not where one is %s', (verdict) => {
  expect(good(run('a', verdict, cell('gcc-12', 'PASS'), cell('clang-19', verdict)))).toEqual([]);
});

it('does not where nothing is good', () => {
  expect(good(run('a', 'MISS', cell('gcc-12', 'MISS')))).toEqual([]);
});
