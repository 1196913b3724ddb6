// SPDX-License-Identifier: MIT

/** What a benchmark works with. */
export interface BenchContext {
  /** The repository's folder. */
  readonly root: string;
  /** A state folder in which the kernel is imported and built. */
  readonly state: string;
  /** The kernel that is measured: an exact version of the catalogue. */
  readonly kernel: string;
  /** Tells what is going on. */
  readonly say: (text: string) => void;
}

/** One row of the table. */
export interface Measurement {
  readonly what: string;
  /** Seconds, the median of `runs`. */
  readonly seconds: number;
  readonly runs: number;
  /**
   * The plain way of doing the same, in the same invocation; seconds. `ratio` where it is not that of
   * the two medians.
   */
  readonly plain?: { readonly what: string; readonly seconds: number; readonly ratio?: number };
  /** What the project promises, in words. */
  readonly goal: string;
  /** Whether the promise was kept in this invocation. */
  readonly kept: boolean;
}

/** One benchmark. */
export interface Bench {
  readonly name: string;
  readonly title: string;
  readonly run: (context: BenchContext) => Promise<readonly Measurement[]>;
}
