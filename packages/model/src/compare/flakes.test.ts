// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { cellResult, stageResult } from '../../test/runs.js';
import type { CellResult } from '../result.js';
import { compareRuns } from './compare.js';
import { knownFlakes } from './flakes.js';

const flaky = (reason: string, changes: Parameters<typeof cellResult>[1] = {}): CellResult => {
  const attempts = [{ verdict: 'FAIL' as const, reason, seconds: 1 }];
  return cellResult([stageResult('conform', 'PASS', { attempts })], changes);
};
const good = cellResult([stageResult('conform', 'PASS')]);
const kinds = (before: readonly CellResult[] | null, after: readonly CellResult[]) =>
  compareRuns(before && { cells: before }, { cells: after }).map(({ kind, reason }) => [kind, reason]);

describe('a flake', () => {
  it('is told when nobody knew it, also of a cell that is new', () => {
    expect(kinds([good], [flaky('lost 1')])).toEqual([['flaky', 'lost 1']]);
    expect(kinds(null, [flaky('lost 1')])).toEqual([
      ['flaky', 'lost 1'],
      ['appeared', null],
    ]);
    expect(kinds([flaky('lost 1')], [flaky('came late')])).toEqual([['flaky', 'came late']]);
  });

  it('is no news when it was there before, whatever its numbers and wherever it was', () => {
    expect(kinds([flaky('lost 1 of 4')], [flaky('lost 2 of 4 (and 3 more)')])).toEqual([]);
    expect(
      kinds([flaky('lost 1'), { ...good, config: 'debug' }], [flaky('lost 1', { config: 'debug' })]),
    ).toEqual([['disappeared', null]]);
  });

  it('of a stage that failed before is fixed, and flaky', () => {
    const failed = cellResult([stageResult('conform', 'FAIL')]);
    expect(kinds([failed], [flaky('lost 1')]).map(([kind]) => kind)).toEqual(['flaky', 'fixed']);
  });

  it('is counted when no change tells of it', () => {
    const run = { cells: [flaky('lost 1'), flaky('came late', { config: 'debug' })] };
    const changes = compareRuns({ cells: [flaky('lost 2')] }, run);
    expect(knownFlakes(run, changes).map(({ reason }) => reason)).toEqual(['lost 1']);
    expect(knownFlakes(run, compareRuns(null, run))).toEqual([]);
  });
});
