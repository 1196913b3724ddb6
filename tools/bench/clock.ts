// SPDX-License-Identifier: MIT

/** The middle of a list of numbers, the mean of both middles when there are two; NaN when empty. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const high = sorted[sorted.length >> 1] ?? Number.NaN;
  const low = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return (low + high) / 2;
};

/** Runs `work` `runs` times, one after the other, and gives the median of the seconds it took. */
export const timed = async (runs: number, work: (run: number) => Promise<unknown>): Promise<number> => {
  const seconds: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now();
    await work(run);
    seconds.push((performance.now() - started) / 1000);
  }
  return median(seconds);
};
