// SPDX-License-Identifier: MIT
import type { CellResult, StageResult } from '@uio-msi/model';
import type { Breach } from './rule.js';

// What a stage's verdict is worth to a rule; SKIP has its reason and hides nothing: a stage that is
// left out because another one failed is behind that one.
const COUNTS: Readonly<Partial<Record<StageResult['verdict'], Breach['verdict']>>> = {
  FAIL: 'FAIL',
  ERROR: 'ERROR',
  MISS: 'MISS',
};

/** The first stage of each cell that is not green. No cells at all are a MISS: nothing is proved. */
export const notGreen = (cells: readonly CellResult[], none: string): Breach[] => {
  if (cells.length === 0) return [{ where: 'matrix', what: none, verdict: 'MISS' }];
  return cells.flatMap(({ key, stages }): Breach[] => {
    const bad = stages.find(({ verdict }) => COUNTS[verdict] !== undefined);
    const verdict = bad && COUNTS[bad.verdict];
    if (bad && verdict)
      return [
        {
          where: key,
          what: `${bad.stage}: ${bad.reason ?? verdict}`,
          verdict,
          ...(verdict === 'MISS' ? {} : { next: bad.reproduce }),
        },
      ];
    if (stages.some(({ verdict: one }) => one === 'PASS')) return [];
    return [{ where: key, what: 'nothing was judged', verdict: 'MISS' }];
  });
};
