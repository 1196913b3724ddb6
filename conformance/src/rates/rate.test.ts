// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { rateOf } from './rate.js';

it('gives percentiles by the nearest rank, whatever the order', () => {
  const latencies = Array.from({ length: 100 }, (_, i) => (100 - i) / 1000);
  expect(rateOf(3, latencies, 10)).toEqual({
    vector: 3,
    samples: 100,
    p50: 0.05,
    p90: 0.09,
    p99: 0.099,
    longest: 0.1,
    perSecond: 10,
  });
  expect(rateOf(0, [0.5], 1)).toMatchObject({ p50: 0.5, p99: 0.5, longest: 0.5, perSecond: 1 });
});
