// SPDX-License-Identifier: MIT
import { setImmediate } from 'node:timers/promises';

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
 * Measures both sides again and again, which of them is first in turn: A B, B A, A B. Signals are
 * heard between rounds.
 *
 * @param measure gives the seconds of one side
 * @param stop ends it after the round under way
 */
export const interleave = async (
  count: number,
  measure: (side: keyof Round) => number,
  stop: AbortSignal,
): Promise<Round[]> => {
  const rounds: Round[] = [];
  while (rounds.length < count && !stop.aborted) {
    if (rounds.length % 2 === 0) rounds.push({ uio: measure('uio'), vfio: measure('vfio') });
    else {
      const vfio = measure('vfio');
      rounds.push({ uio: measure('uio'), vfio });
    }
    await setImmediate();
  }
  return rounds;
};
