// SPDX-License-Identifier: MIT
import type { StageName } from '@uio-msi/model';
import type { Stage } from '../stage/stage.js';

/**
 * Seconds until the last of a cell's stages ends, when each begins as soon as those it needs have
 * ended; null when nobody knows what one of them takes. Pure.
 *
 * @param left those that have not ended, in an order in which each comes behind those it needs
 * @param seconds what a stage takes from now on; null when nobody knows
 */
export const remainingOf = (
  left: readonly Pick<Stage, 'name' | 'needs'>[],
  seconds: (stage: StageName) => number | null,
): number | null => {
  const ends = new Map<StageName, number>();
  for (const { name, needs } of left) {
    const own = seconds(name);
    if (own === null) return null;
    ends.set(name, own + Math.max(0, ...needs.map((needed) => ends.get(needed) ?? 0)));
  }
  return Math.max(0, ...ends.values());
};
