// SPDX-License-Identifier: MIT
import type { VectorRate } from '../report/records.js';

/** Nearest rank: the smallest of the sorted values that so many hundredths are not above. */
const percentile = (sorted: readonly number[], hundredths: number): number =>
  sorted[Math.max(0, Math.ceil((sorted.length * hundredths) / 100) - 1)] ?? Number.NaN;

/**
 * What interrupts of a vector, had one after the other, come to. Pure.
 *
 * @param latencies of each from when it was raised until its eventfd was seen; seconds, at least one
 * @param elapsed of all together; seconds
 */
export const rateOf = (vector: number, latencies: readonly number[], elapsed: number): VectorRate => {
  const sorted = latencies.toSorted((a, b) => a - b);
  const [p50, p90, p99, longest] = [50, 90, 99, 100].map((hundredths) =>
    rounded(percentile(sorted, hundredths)),
  ) as [number, number, number, number];
  return {
    vector,
    samples: sorted.length,
    p50,
    p90,
    p99,
    longest,
    perSecond: Math.round(sorted.length / elapsed),
  };
};

/** To nanoseconds: finer than any clock here. */
const rounded = (seconds: number): number => Math.round(seconds * 1e9) / 1e9;
