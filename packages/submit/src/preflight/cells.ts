// SPDX-License-Identifier: MIT
import type { StageResult } from '@uio-msi/model';
import type { Breach } from './rule.js';

/** A cell that is to be green. */
export interface WantedCell {
  /** What a waiver calls it. */
  readonly where: string;
  /** The command that finds out what is not known of it. */
  readonly make: string;
  readonly stages: readonly StageResult[];
}

/** What is told when there are none: nothing is proved then. */
export type NoCells = Pick<WantedCell, 'where' | 'make'> & Pick<Breach, 'what'>;

// What a stage's verdict is worth to a rule; SKIP has its reason and hides nothing: a stage that is
// left out because another one failed is behind that one.
const COUNTS: Readonly<Partial<Record<StageResult['verdict'], Breach['verdict']>>> = {
  FAIL: 'FAIL',
  ERROR: 'ERROR',
  MISS: 'MISS',
};

/** The first stage of each cell that is not green, with the command that shows or makes it. */
export const notGreen = (cells: readonly WantedCell[], { make, ...none }: NoCells): Breach[] => {
  if (cells.length === 0) return [{ ...none, next: make, verdict: 'MISS' }];
  return cells.flatMap((cell): Breach[] => {
    const { where, stages } = cell;
    const bad = stages.find(({ verdict }) => COUNTS[verdict] !== undefined);
    const verdict = bad && COUNTS[bad.verdict];
    if (bad && verdict) {
      const what = `${bad.stage}: ${bad.reason ?? verdict}`;
      return [{ where, what, verdict, next: verdict === 'MISS' ? cell.make : bad.reproduce }];
    }
    if (stages.some(({ verdict: one }) => one === 'PASS')) return [];
    return [{ where, what: 'nothing was judged', next: cell.make, verdict: 'MISS' }];
  });
};
