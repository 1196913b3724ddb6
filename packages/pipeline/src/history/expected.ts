// SPDX-License-Identifier: MIT
import type { RunSummary, StageName } from '@uio-msi/model';
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
    for (const { line, arch, toolchain, config, prefix, stages } of cells)
      for (const [stage, verdict, seconds] of stages) {
        if (verdict !== 'PASS' && verdict !== 'FAIL') continue;
        learn(`${stage} ${line} ${arch} ${toolchain} ${config} ${prefix}`, seconds);
        learn(`${stage} ${arch} ${config}`, seconds);
      }
  return {
    of: (stage, { cell: { line, arch, toolchain, config, prefix } }) =>
      known.get(`${stage} ${line} ${arch} ${toolchain} ${config} ${prefix}`) ??
      known.get(`${stage} ${arch} ${config}`) ??
      null,
  };
};
