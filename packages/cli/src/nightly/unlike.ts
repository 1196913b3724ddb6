// SPDX-License-Identifier: MIT
import { pairCells, type RunResult, STAGES, UserError } from '@uio-msi/model';

type Named = Pick<RunResult, 'run' | 'series' | 'tier' | 'chosen' | 'cells'>;

/** @throws {UserError} `other-series` for runs that have nothing in common */
export const requireOneSeries = (before: Named, after: Named): void => {
  if (before.series === after.series) return;
  throw new UserError({
    code: 'other-series',
    message: `${before.run} and ${after.run} cannot be compared`,
    why: `they are of the series ${before.series} and ${after.series}`,
    next: 'name two runs of one series: ./uio-msi runs list',
  });
};

/**
 * Why two runs of a series did not try the same, a line each: then what only one of them tried has
 * appeared or disappeared. None for two that did, on whatever kernels. Pure.
 */
export const unlikenesses = (before: Named, after: Named): readonly string[] => {
  const [tier, otherTier] = [tierOf(before), tierOf(after)];
  const both = pairCells(before.cells, after.cells).filter((pair) => pair.before && pair.after);
  const depths = both
    .map((pair) => [pair.before, pair.after].flatMap((cell) => cell?.depth ?? []))
    .filter(([depth, other]) => other !== undefined && depth !== other)
    .map((two) => two.join(' and '));
  return [
    ...(tier === otherTier ? [] : [`one is ${tier}, the other ${otherTier}`]),
    ...(depths.length === 0
      ? []
      : [
          `the suite was run at other depths in ${depths.length} of the cells: ${[...new Set(depths)].join(', ')}`,
        ]),
    ...stagesOnlyOf(before, after),
    ...stagesOnlyOf(after, before),
    ...(both.length === 0 ? ['they have no cell in common'] : []),
  ];
};

const tierOf = ({ tier, chosen }: Named): string => {
  if (tier === undefined) return 'of cells that somebody chose';
  return chosen ? `of chosen cells of the tier ${tier}` : `of the tier ${tier}`;
};

const stagesOnlyOf = (one: Named, other: Named): readonly string[] => {
  const [own, others] = [one, other].map(
    ({ cells }) => new Set(cells.flatMap(({ stages }) => stages.map(({ stage }) => stage))),
  );
  const only = STAGES.filter((stage) => own?.has(stage) && !others?.has(stage));
  return only.length === 0 ? [] : [`only ${one.run} was to do ${only.join(', ')}`];
};
