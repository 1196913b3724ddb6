// SPDX-License-Identifier: MIT
import type { Flake } from '@uio-msi/model';
import { count } from '../words.js';

/** How many stages are known to be flaky, in a line; none when there are none. Pure. */
export const renderKnownFlakes = (flakes: readonly Flake[]): readonly string[] => {
  if (flakes.length === 0) return [];
  const kinds = new Set(flakes.map(({ fingerprint }) => fingerprint)).size;
  const cells = new Set(flakes.map(({ cell }) => cell.key)).size;
  return [`known to be flaky: ${count(kinds, 'failure')} that went away, in ${count(cells, 'cell')}`];
};
