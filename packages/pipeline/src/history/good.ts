// SPDX-License-Identifier: MIT
import { type CellSummary, familyOf, type RunSummary } from '@uio-msi/model';

// By its line: the next version is the same cell on another day. A compiler that is not there has no version.
const placeOf = ({ series, line, arch, toolchain, config, prefix }: CellSummary, stage: string): string =>
  [series, line, arch, familyOf(toolchain), config, prefix, stage].join(' ');

/**
 * Of some runs, those that were good: all passed, but for what none of the runs ever judged, such as
 * the cells of a compiler that the machine does not have. Pure.
 */
export const goodRuns = (runs: readonly RunSummary[]): readonly RunSummary[] => {
  const judged = new Set<string>();
  for (const cell of runs.flatMap(({ cells }) => cells))
    for (const [stage, verdict] of cell.stages)
      if (verdict === 'PASS' || verdict === 'FAIL') judged.add(placeOf(cell, stage));
  const isKnownGap = (cell: CellSummary): boolean =>
    cell.stages.every(([stage, verdict]) => verdict !== 'MISS' || !judged.has(placeOf(cell, stage)));
  return runs.filter(
    ({ verdict, cells }) =>
      verdict === 'PASS' ||
      (verdict === 'MISS' && cells.some((cell) => cell.verdict === 'PASS') && cells.every(isKnownGap)),
  );
};
