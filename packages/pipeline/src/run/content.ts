// SPDX-License-Identifier: MIT
import { contentKey } from '@uio-msi/host';
import type { Series } from '@uio-msi/series';

/**
 * The digest of all that a series may apply and asks for, its variants included, and of what is laid
 * under it: two runs tried the same exactly when it is the same, whatever kernels they tried it on.
 *
 * @param under the series that it needs, in the order in which they are applied
 */
export const seriesContent = (series: Series, under: readonly Series[] = []): string =>
  contentKey([...under, series].map(contentOf));

const contentOf = ({ patches, variants, config, modules, selftests }: Series) => ({
  patches: patches.map(({ file, text }) => [file, text]),
  variants: variants.map(({ line, patch, replacement }) => [line, patch, replacement.text]),
  ...{ config, modules, selftests },
});
