// SPDX-License-Identifier: MIT
import type { Case } from '../cases/define.js';
import { type Facts, missingNeed } from '../cases/needs.js';

/** A device and what is run on it. */
export interface Planned<D> {
  readonly device: D;
  readonly cases: readonly Case[];
}

/**
 * Which cases run on which device: all on each, but those marked `once` only on the first that has
 * what they need, or on the very first, which then says what is missing. Pure.
 */
export const planCases = <D>(
  cases: readonly Case[],
  devices: readonly D[],
  factsOf: (device: D) => Facts,
): Planned<D>[] => {
  const placeOf = ({ needs }: Case): number =>
    Math.max(
      0,
      devices.findIndex((device) => missingNeed(needs, factsOf(device)) === null),
    );
  return devices.map((device, place) => ({
    device,
    cases: cases.filter((test) => test.once === undefined || placeOf(test) === place),
  }));
};
