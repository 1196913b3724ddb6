// SPDX-License-Identifier: MIT
import { contentKey } from '@uio-msi/host';
import type { Series } from '@uio-msi/series';

/** What a series was, or would be, tried on. */
export interface Tried {
  readonly series: Series;
  /** What has to be there first, in order. */
  readonly prerequisites: readonly Series[];
  /** `7.2.6`. */
  readonly kernel: string;
  /** The tree of the base, with the prerequisites; null when it is not here. */
  readonly base: string | null;
}

/**
 * A key of all that preflight judges and that is in no mail: variants for older lines, the matrix, what
 * a build and a test take, the prerequisites, and the base.
 */
export const triedKey = ({ series, prerequisites, kernel, base }: Tried): string =>
  contentKey({ kernel, base, series: [series, ...prerequisites].map(contentOf) });

const contentOf = ({ patches, variants, ...series }: Series) => ({
  name: series.name,
  base: series.base,
  baseCommit: series.baseCommit,
  config: series.config,
  modules: series.modules,
  selftests: series.selftests,
  matrix: series.matrix,
  patches: patches.map(({ text }) => text),
  variants: variants.map(({ line, patch, replacement }) => ({ line, patch, text: replacement.text })),
});
