// SPDX-License-Identifier: MIT

/** The middle of a list of numbers, the mean of both middles when there are two; NaN when empty. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const high = sorted[sorted.length >> 1] ?? Number.NaN;
  const low = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return (low + high) / 2;
};

/** A round: the median round trip of each side, in seconds, measured one right after the other. */
export interface Round {
  readonly uio: number;
  readonly vfio: number;
}

/** What rounds come to. */
export interface Comparison extends Round {
  /** The median of the rounds' own ratios: what changes from round to round is not in it. */
  readonly ratio: number;
}

/** Pure. */
export const compare = (rounds: readonly Round[]): Comparison => ({
  uio: median(rounds.map(({ uio }) => uio)),
  vfio: median(rounds.map(({ vfio }) => vfio)),
  ratio: median(rounds.map(({ uio, vfio }) => uio / vfio)),
});

/**
 * Measures both sides again and again, which of them is first in turn: A B, B A, A B.
 *
 * @param measure gives the seconds of one side
 */
export const interleave = (count: number, measure: (side: keyof Round) => number): Round[] =>
  Array.from({ length: count }, (_, i) => {
    if (i % 2 === 0) return { uio: measure('uio'), vfio: measure('vfio') };
    const vfio = measure('vfio');
    return { uio: measure('uio'), vfio };
  });
