// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { compare, interleave, median } from './compare.js';

it('takes the middle, or the mean of both middles', () => {
  expect(median([9, 1, 2])).toBe(2);
  expect(median([4, 1, 9, 2])).toBe(3);
  expect(median([])).toBeNaN();
});

it('compares within a round, so that a machine that gets slower is not in the ratio', () => {
  const rounds = [
    { uio: 1, vfio: 1 },
    { uio: 22, vfio: 20 },
    { uio: 330, vfio: 300 },
  ];
  expect(compare(rounds)).toEqual({ uio: 22, vfio: 20, ratio: 1.1 });
});

it('measures both in each round, and begins with the other each time', async () => {
  const seen: string[] = [];
  let now = 0;
  const measure = (side: string) => {
    seen.push(side);
    now += 1;
    return now;
  };
  const rounds = await interleave(3, measure, new AbortController().signal);
  expect(seen).toEqual(['uio', 'vfio', 'vfio', 'uio', 'uio', 'vfio']);
  expect(rounds).toEqual([
    { uio: 1, vfio: 2 },
    { uio: 4, vfio: 3 },
    { uio: 5, vfio: 6 },
  ]);
});

it('ends after the round in which it was interrupted', async () => {
  const controller = new AbortController();
  let now = 0;
  const rounds = await interleave(
    9,
    () => {
      now += 1;
      if (now === 3) setImmediate(() => controller.abort());
      return now;
    },
    controller.signal,
  );
  expect(rounds).toHaveLength(2);
});
