// SPDX-License-Identifier: MIT

/** Random numbers that a seed determines: the same seed gives the same sequence everywhere. */
export interface Random {
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number;
  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean;
  /** One of them; there must be one. */
  pick<T>(items: readonly T[]): T;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough to choose what to try. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(fraction() * limit);
  return {
    below,
    chance: (probability) => fraction() < probability,
    pick: <T>(items: readonly T[]): T => {
      if (items.length === 0) throw new RangeError('there is nothing to pick from');
      return items[below(items.length)] as T;
    },
  };
};

/** The seed of the nth process of a run: processes that follow each other share no sequence. */
export const seedOf = (seed: number, nth: number): number =>
  Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(nth, 0x85ebca6b);

/** Chooses by weight: `chooser(items)(random)`. */
export const chooser = <T extends { readonly weight: number }>(
  items: readonly T[],
): ((random: Random) => T) => {
  const tickets = items.flatMap((item) => Array.from({ length: item.weight }, () => item));
  return (random) => random.pick(tickets);
};
