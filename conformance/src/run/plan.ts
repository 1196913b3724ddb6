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
 * what they need, or on the very first, which then says what is missing; and those that change the
 * machine for good on the last. Pure.
 */
export const planCases = <D>(
  cases: readonly Case[],
  devices: readonly D[],
  factsOf: (device: D) => Facts,
): Planned<D>[] => {
  const firstFor = ({ needs }: Case): number =>
    Math.max(
      0,
      devices.findIndex((device) => missingNeed(needs, factsOf(device)) === null),
    );
  const runsAt = (test: Case, place: number): boolean => {
    if (test.irreversible === 'machine') return place === devices.length - 1;
    return test.once === undefined || firstFor(test) === place;
  };
  return devices.map((device, place) => ({
    device,
    cases: cases.filter((test) => runsAt(test, place)),
  }));
};
