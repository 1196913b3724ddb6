// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import type { Exploration } from './exploration.js';
import { EVENTFDS, type Given, type Operation, showOperation } from './operations.js';
import { type Disagreement, type Player, play } from './play.js';

/** The shortest sequence found on which a device is not what the model is. */
export interface Finding extends Disagreement {
  readonly sequence: readonly Operation[];
}

/** How long a sequence may be: long enough for every vector to go through all it can. */
const LONGEST = 50;

/** Sequences are as long as this on average, or longer: so many runs are enough. */
const SHORTEST = 10;

/** Milliseconds that are spent on making a sequence shorter: each try may wait for what never comes. */
const SHRINKING_MS = 5000;

const good = fc.nat(EVENTFDS - 1);
const given = (weight: number): fc.Arbitrary<Given> =>
  fc.oneof(
    { weight, arbitrary: good },
    { weight: 3, arbitrary: fc.constant<Given>('disarm') },
    { weight: 1, arbitrary: fc.constantFrom<Given>('negative', 'closed', 'no eventfd') },
  );

/** An operation on a device with so many vectors; now and then on one that it does not have. */
export const operationOf = (vectors: number): fc.Arbitrary<Operation> => {
  const there = fc.nat(vectors - 1);
  const any = fc.oneof({ weight: 19, arbitrary: there }, { weight: 1, arbitrary: fc.constant(vectors) });
  const on = <K extends 'mask' | 'unmask' | 'trigger' | 'raise'>(kind: K, vector: fc.Arbitrary<number>) =>
    fc.record({ kind: fc.constant(kind), vector });
  return fc.oneof(
    { weight: 6, arbitrary: on('raise', there) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('set' as const), vector: any, given: given(12) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('block' as const),
        start: there,
        given: fc.array(given(25), { maxLength: vectors }),
      }),
    },
    { weight: 3, arbitrary: on('mask', any) },
    { weight: 3, arbitrary: on('unmask', any) },
    { weight: 2, arbitrary: on('trigger', any) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('write' as const), value: fc.constantFrom(0, 1, 0, 1, 2) }),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Operation>({ kind: 'info' }, { kind: 'open again' }, { kind: 'reopen' }),
    },
  );
};

/**
 * Plays random sequences, each on a device opened for it, until so many operations were done or one
 * shows a difference, which is then made as short as can be.
 *
 * @param vectors how many the sequences use
 * @param withPlayer opens the device, has a sequence played, and closes it
 * @returns null when device and model never disagreed
 */
export const explore = (
  { operations, seed }: Exploration,
  vectors: number,
  withPlayer: (use: (player: Player) => Disagreement | null) => Disagreement | null,
): Finding | null => {
  let found: Finding | null = null;
  let done = 0;
  let until = Number.POSITIVE_INFINITY;
  const sequences = fc.array(operationOf(vectors), { minLength: 1, maxLength: LONGEST, size: 'max' });
  fc.check(
    fc.property(sequences, (sequence) => {
      if (performance.now() > until) return true;
      if (found === null && done >= operations) return true;
      done += sequence.length;
      const disagreement = withPlayer((player) => play(player, sequence));
      if (disagreement === null) return true;
      if (found === null) until = performance.now() + SHRINKING_MS;
      found = { ...disagreement, sequence };
      return false;
    }),
    { seed, numRuns: Math.ceil(operations / SHORTEST) },
  );
  return found;
};

/** A finding in words: how to see it again, and the whole sequence. Pure. */
export const showFinding = ({ at, message, sequence }: Finding, { seed }: Exploration): string =>
  `with seed ${seed}, operation ${at}: ${message}; the sequence: ${sequence.slice(0, at).map(showOperation).join('; ')}`;
