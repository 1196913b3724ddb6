// SPDX-License-Identifier: MIT
import type { Case } from '../cases/define.js';
import { type Facts, missingNeed } from '../cases/needs.js';
import type { InterruptType } from '../pci/config-space.js';
import { DEPTHS, type Depth, type Reach } from './depth.js';

/** A device and what is run on it. */
export interface Planned<D> {
  readonly device: D;
  readonly cases: readonly Case[];
}

/**
 * What another machine of the same check runs: cases of the driver alone, and those of these types
 * of interrupts that one device of the type is enough for.
 */
export type Elsewhere = readonly ('driver' | InterruptType)[];

/** How much is run, and what need not be run here. */
export interface Extent {
  readonly depth: Depth;
  readonly elsewhere: Elsewhere;
}

/** Those who do most first: what a case of the driver alone says is to count for them. */
const RANK: readonly InterruptType[] = ['msix', 'msi', 'intx'];

/**
 * What outlasts a case, in the order in which it is brought about: without a device there is still a
 * machine, and lockdep, which says no more once it has complained, has seen all the others by then.
 */
const LASTING = ['device', 'machine'] as const;

/**
 * Which cases run on which device, by their scope and the depth of the run. Where one device is
 * enough, it is of those that have what the case needs the one with the best type of interrupts, and
 * with the fewest vectors; where none has, the first, which then says what is missing. What changes a device for good runs when all else has
 * on every device, what changes the machine for good runs at the very end, on the last device. Pure.
 */
export const planCases = <D>(
  cases: readonly Case[],
  devices: readonly D[],
  factsOf: (device: D) => Facts,
  { depth, elsewhere }: Extent,
): Planned<D>[] => {
  const all = devices.map((device, place) => ({ place, facts: factsOf(device) }));
  const types = [...new Set(all.map(({ facts }) => facts.interrupts))];
  const oneOf = ({ needs }: Case, some: typeof all): readonly number[] => {
    const able = some
      .filter(({ facts }) => missingNeed(needs, facts) === null)
      .toSorted(
        (a, b) =>
          RANK.indexOf(a.facts.interrupts) - RANK.indexOf(b.facts.interrupts) ||
          a.facts.vectors - b.facts.vectors,
      );
    return [...able, ...some].slice(0, 1).map(({ place }) => place);
  };
  const isElsewhere = (what: Elsewhere[number]): boolean => elsewhere.includes(what);
  const reaches: Readonly<Record<Reach, (test: Case) => readonly number[]>> = {
    one: (test) => (test.scope !== 'machine' && isElsewhere('driver') ? [] : oneOf(test, all)),
    type: (test) =>
      types
        .filter((type) => !isElsewhere(type))
        .flatMap((type) =>
          oneOf(
            test,
            all.filter(({ facts }) => facts.interrupts === type),
          ),
        ),
    every: () => all.map(({ place }) => place),
  };
  const placesOf = (test: Case): readonly number[] =>
    test.irreversible === 'machine'
      ? [devices.length - 1]
      : reaches[DEPTHS[depth][test.scope ?? 'type']](test);
  const places = new Map(cases.map((test) => [test, new Set(placesOf(test))]));
  const planned = (lasting: Case['irreversible']): Planned<D>[] =>
    devices.map((device, place) => ({
      device,
      cases: cases.filter((test) => test.irreversible === lasting && places.get(test)?.has(place)),
    }));
  return [
    ...planned(undefined),
    ...LASTING.flatMap((lasting) => planned(lasting).filter(({ cases: own }) => own.length > 0)),
  ];
};

/** How many runs of cases a plan has. Pure. */
export const countPlanned = (plan: readonly Planned<unknown>[]): number =>
  plan.reduce((sum, { cases }) => sum + cases.length, 0);
