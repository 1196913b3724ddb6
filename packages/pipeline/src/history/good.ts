// SPDX-License-Identifier: MIT
import { type CellSummary, familyOf, type RunSummary } from '@uio-msi/model';

// By its line: the next version is the same cell on another day.
const placeOf = (
  { series, line, arch, config, prefix }: CellSummary,
  toolchain: string,
  stage: string,
): string => [series, line, arch, toolchain, config, prefix, stage].join(' ');

/**
 * Of some runs, those that were good: all passed, but for what none of the runs ever judged, such as
 * the cells of a compiler that the machine does not have. Pure.
 */
export const goodRuns = (runs: readonly RunSummary[]): readonly RunSummary[] => {
  const judged = new Set<string>();
  // A compiler that is not there may be known by its family alone.
  for (const cell of runs.flatMap(({ cells }) => cells))
    for (const [stage, verdict] of cell.stages)
      for (const toolchain of [cell.toolchain, familyOf(cell.toolchain)])
        if (verdict === 'PASS' || verdict === 'FAIL') judged.add(placeOf(cell, toolchain, stage));
  const isKnownGap = (cell: CellSummary): boolean =>
    cell.stages.every(
      ([stage, verdict]) => verdict !== 'MISS' || !judged.has(placeOf(cell, cell.toolchain, stage)),
    );
  return runs.filter(
    ({ verdict, cells }) =>
      verdict === 'PASS' ||
      (verdict === 'MISS' && cells.some((cell) => cell.verdict === 'PASS') && cells.every(isKnownGap)),
  );
};
