// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { chooser, createRandom, seedOf } from './random.js';

const draw = (seed: number, count = 1000) => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.below(10));
};

describe('createRandom', () => {
  it('repeats itself with the same seed, and not with another', () => {
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('gives the published sequence of the algorithm', () => {
    const random = createRandom(1);
    expect([0, 1, 2].map(() => random.below(2 ** 32))).toEqual([2693262067, 11749833, 2265367787]);
  });

  it('gives every number below the limit, and about as often', () => {
    const counts = new Array(10).fill(0);
    for (const number of draw(1, 10_000)) counts[number]++;
    expect(Math.min(...counts)).toBeGreaterThan(800);
    expect(Math.max(...counts)).toBeLessThan(1200);
  });

  it('takes a chance as often as it should', () => {
    const random = createRandom(3);
    const taken = Array.from({ length: 10_000 }, () => random.chance(0.1)).filter(Boolean).length;
    expect(taken).toBeGreaterThan(800);
    expect(taken).toBeLessThan(1200);
  });

  it('picks nothing from nothing', () => {
    expect(() => createRandom(1).pick([])).toThrow('nothing to pick');
  });
});

it('gives each process a seed of its own', () => {
  const seeds = Array.from({ length: 100 }, (_, nth) => seedOf(5, nth));
  expect(new Set([...seeds, ...Array.from({ length: 100 }, (_, nth) => seedOf(6, nth))]).size).toBe(200);
});

it('chooses by weight', () => {
  const choose = chooser([
    { name: 'often', weight: 9 },
    { name: 'never', weight: 0 },
    { name: 'seldom', weight: 1 },
  ]);
  const random = createRandom(2);
  const names = Array.from({ length: 1000 }, () => choose(random).name);
  expect(names).not.toContain('never');
  expect(names.filter((name) => name === 'seldom').length).toBeGreaterThan(50);
  expect(names.filter((name) => name === 'often').length).toBeGreaterThan(800);
});
