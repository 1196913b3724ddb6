// SPDX-License-Identifier: MIT

/** How much is tried at random, and where it begins: the same seed tries the same sequences. */
export interface Exploration {
  readonly operations: number;
  readonly seed: number;
}

/** What every run tries: always the same, so that it passes again when it passed. */
export const SHORT_DOSE: Exploration = { operations: 300, seed: 1 };
