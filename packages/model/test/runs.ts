// SPDX-License-Identifier: MIT
import { type Cell, cellKey, type StageName } from '../src/cell.js';
import type { CellResult, StageResult } from '../src/result.js';
import { type Verdict, worstVerdict } from '../src/verdict.js';

/** A stage's result for tests: what matters is given, the rest says nothing. */
export const stageResult = (
  stage: StageName,
  verdict: Verdict,
  more: Partial<StageResult> = {},
): StageResult => ({
  ...{ stage, verdict, seconds: 1, cached: false, reason: verdict === 'PASS' ? null : 'because' },
  ...{ reproduce: './uio-msi check', log: null, findings: [], outputs: {} },
  ...more,
});

const CELL: Cell = {
  series: 'tiny',
  revision: 'v1',
  line: '9.1',
  kernel: '9.1.0',
  arch: 'x86_64',
  toolchain: 'gcc-12',
  config: 'minimal',
};

/** A cell's result for tests. */
export const cellResult = (stages: readonly StageResult[], changes: Partial<Cell> = {}): CellResult => {
  const cell = { ...CELL, ...changes };
  return { ...cell, key: cellKey(cell), verdict: worstVerdict(stages.map(({ verdict }) => verdict)), stages };
};
