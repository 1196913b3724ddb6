// SPDX-License-Identifier: MIT
import type { CellSummary, RunSummary, StageName } from '@uio-msi/model';
import { DEFAULT_DEPTH } from '../plan/depth.js';
import type { PlannedCell } from '../plan/plan.js';

/** What stages took in earlier runs. */
export interface Runtimes {
  /** Seconds of a stage of a cell; of the same on another kernel when that is all there is; null when nobody knows. */
  readonly of: (stage: StageName, planned: PlannedCell) => number | null;
}

/** What stages took when they were last done. Pure. @param runs newest first */
export const runtimesOf = (runs: readonly Pick<RunSummary, 'cells'>[]): Runtimes => {
  const known = new Map<string, number>();
  const learn = (key: string, seconds: number) => {
    if (!known.has(key)) known.set(key, seconds);
  };
  for (const { cells } of runs)
    for (const { stages, ...cell } of cells)
      for (const [stage, verdict, seconds] of stages) {
        if (verdict !== 'PASS' && verdict !== 'FAIL') continue;
        for (const likeness of likenessesOf(cell)) learn(`${stage} ${likeness}`, seconds);
      }
  return {
    of: (stage, { cell, depth }) => {
      const alike = likenessesOf({ ...cell, depth }).find((likeness) => known.has(`${stage} ${likeness}`));
      return known.get(`${stage} ${alike}`) ?? null;
    },
  };
};

/** What cells that take about the same time have in common, the most like first. */
const likenessesOf = (cell: Likeness): readonly string[] => {
  const { line, arch, toolchain, config, prefix, depth = DEFAULT_DEPTH } = cell;
  return [
    [line, arch, toolchain, config, prefix, depth].join(' '),
    [arch, config, depth].join(' '),
    [arch, config].join(' '),
  ];
};

type Likeness = Pick<CellSummary, 'line' | 'arch' | 'toolchain' | 'config' | 'prefix' | 'depth'>;
