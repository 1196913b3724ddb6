// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { matrixSchema } from './matrix.js';

const parse = (matrix: object) => matrixSchema.safeParse({ kernels: ['7.2'], ...matrix });

it('is one square on each line when it says no more', () => {
  expect(parse({}).data?.tiers.check).toEqual([{}]);
});

it.each([
  ['an unknown tier', { tiers: { hourly: [{}] } }],
  ['an unknown axis', { tiers: { check: [{ compilers: ['gcc'] }] } }],
  ['an unknown stage', { tiers: { check: [{ stages: ['bild'] }] } }],
  ['an empty axis: nothing would be run, and pass', { tiers: { check: [{ configs: [] }] } }],
  ['prefixes that are a number of patches', { tiers: { weekly: [{ prefixes: 3, stages: ['build'] }] } }],
  ['prefixes that are none of the words', { tiers: { weekly: [{ prefixes: 'every', stages: ['build'] }] } }],
  ['a prefix where prefixes are meant', { tiers: { weekly: [{ prefix: 'each', stages: ['build'] }] } }],
  ['prefixes that go to the end', { tiers: { weekly: [{ prefixes: 'each' }] } }],
  [
    'prefixes that the suite is to try',
    { tiers: { weekly: [{ prefixes: 'each', stages: ['build', 'conform'] }] } },
  ],
  ['an arch that is a path', { tiers: { check: [{ arches: ['../x'] }] } }],
  ['an exclusion without a reason', { exclude: [{ configs: ['rt'] }] }],
  ['an exclusion of everything', { exclude: [{ why: 'tired' }] }],
  ['an exclusion of a line that it has not', { exclude: [{ kernels: ['6.1'], why: 'old' }] }],
  ['a line that is a number', { exclude: [{ before: 6.1, why: 'old' }] }],
])('refuses %s', (_, matrix) => {
  expect(parse(matrix).success).toBe(false);
});

it('takes what it is told', () => {
  expect(
    parse({
      tiers: {
        nightly: [{ kernels: ['7.2'], arches: ['arm64'], stages: ['build'] }],
        weekly: [{ prefixes: 'each', stages: ['inspect', 'boot'], machines: ['msix'] }],
      },
      exclude: [{ configs: ['rt'], before: '6.12', why: 'came with 6.12' }],
    }).success,
  ).toBe(true);
});
