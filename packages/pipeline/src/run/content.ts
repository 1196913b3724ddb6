// SPDX-License-Identifier: MIT
import { contentKey } from '@uio-msi/host';
import type { Series } from '@uio-msi/series';

/**
 * The digest of all that a series may apply, its variants included: two runs tried the same exactly
 * when it is the same, whatever kernels they tried it on.
 */
export const seriesContent = ({ patches, variants, config }: Series): string =>
  contentKey({
    patches: patches.map(({ file, text }) => [file, text]),
    variants: variants.map(({ line, patch, replacement }) => [line, patch, replacement.text]),
    config,
  });
