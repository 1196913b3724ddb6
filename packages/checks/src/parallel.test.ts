// SPDX-License-Identifier: MIT
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inParallel } from './parallel.js';

it('keeps the order and the limit', async () => {
  let running = 0;
  let most = 0;
  const results = await inParallel([30, 5, 20, 1, 10], 2, async (ms) => {
    running += 1;
    most = Math.max(most, running);
    await sleep(ms);
    running -= 1;
    return ms * 2;
  });
  expect(results).toEqual([60, 10, 40, 2, 20]);
  expect(most).toBe(2);
});

it('fails when one of them fails', async () => {
  const work = async (n: number) => {
    if (n === 2) throw new Error('two');
    return n;
  };
  await expect(inParallel([1, 2, 3], 2, work)).rejects.toThrow('two');
});
