// SPDX-License-Identifier: MIT

import type { Kernel } from '@uio-msi/kernels';
import { STANDARD_MACHINES } from '@uio-msi/machine';
import type { MatrixData } from '@uio-msi/series';
import { expect, it } from 'vitest';
import { squaresOf } from './squares.js';

const kernels: readonly Kernel[] = ['7.2.6', '6.12.107', '6.12.9', '5.10.223'].map((version) => ({
  line: version.split('.').slice(0, 2).join('.'),
  version,
  sources: [],
}));
const matrix: MatrixData = {
  kernels: ['7.2', '6.12', '5.10'],
  tiers: {
    check: [{ kernels: ['7.2'], machines: ['small'] }],
    nightly: [{ configs: ['minimal', 'rt'] }, { arches: ['arm64'], kernels: ['7.2'], stages: ['build'] }],
    weekly: [{ arches: ['arm64'], kernels: ['7.2'], stages: ['boot'], machines: ['large'] }],
  },
  exclude: [{ configs: ['rt'], before: '6.12', why: 'came with 6.12' }],
};
const patches = ['1.patch', '2.patch', '3.patch'];
const ids = (tier: 'check' | 'nightly' | 'weekly') =>
  squaresOf({ matrix, patches }, kernels, tier).map(({ id, excluded }) =>
    excluded ? `${id}: ${excluded}` : id,
  );

it('gives each square once, of the newest kernel of each line, with those of more frequent tiers', () => {
  expect(ids('check')).toEqual(['7.2.6/x86_64/gcc/minimal']);
  expect(ids('nightly')).toEqual([
    '7.2.6/x86_64/gcc/minimal',
    '7.2.6/x86_64/gcc/rt',
    '7.2.6/arm64/gcc/minimal',
    '6.12.107/x86_64/gcc/minimal',
    '6.12.107/x86_64/gcc/rt',
    '5.10.223/x86_64/gcc/minimal',
    '5.10.223/x86_64/gcc/rt: came with 6.12',
  ]);
});

it('says what is left out and why, and takes of two blocks what goes further', () => {
  const [first, , arm] = squaresOf({ matrix, patches }, kernels, 'weekly');
  expect(first).toMatchObject({ tier: 'check', stages: null, machines: ['small', ...STANDARD_MACHINES] });
  expect(arm).toMatchObject({
    tier: 'nightly',
    stages: ['build', 'boot'],
    machines: [...STANDARD_MACHINES, 'large'],
  });
});

type Block = MatrixData['tiers']['check'][number];

it.each<[what: string, one: Block, other: Block, both: Pick<Block, 'depth' | 'machines'>]>([
  ['the deeper of two depths', { depth: 'full' }, { depth: 'quick' }, { depth: 'full' }],
  ['the usual depth, which is deeper than quick', { depth: 'quick' }, {}, { depth: 'standard' }],
  ['the machines of both', { machines: ['a', 'b'] }, { machines: ['b', 'c'] }, { machines: ['a', 'b', 'c'] }],
])('takes %s, in either order', (_, one, other, both) => {
  for (const [first, second] of [
    [one, other],
    [other, one],
  ] as const) {
    const tiers = { check: [first], nightly: [second], weekly: [] };
    const [square] = squaresOf({ matrix: { ...matrix, tiers }, patches }, kernels, 'nightly');
    expect({ ...square, machines: square?.machines && [...square.machines].sort() }).toMatchObject(both);
  }
});

it('takes what is usual where neither block says, and all stages where one has all', () => {
  const tiers = { check: [{ stages: ['build' as const] }], nightly: [{}], weekly: [] };
  const [square] = squaresOf({ matrix: { ...matrix, tiers }, patches }, kernels, 'nightly');
  expect(square).toMatchObject({ machines: null, depth: null, stages: null });
});

it('has a square for each prefix, beside the one of all patches, left out like it', () => {
  const nightly: Block[] = [{ kernels: ['6.12'], configs: ['rt'] }];
  const weekly: Block[] = [
    { kernels: ['6.12', '5.10'], configs: ['rt'], prefixes: 'each', stages: ['build'] },
  ];
  const tiers = { check: [], nightly, weekly };
  const squares = squaresOf({ matrix: { ...matrix, tiers }, patches }, kernels, 'weekly');
  expect(
    squares.map(({ id, prefix, stages, tier, excluded }) => [id, prefix, stages, tier, excluded]),
  ).toEqual([
    ['6.12.107/x86_64/gcc/rt', undefined, null, 'nightly', null],
    ...[1, 2, 3].map((n) => [`6.12.107/x86_64/gcc/rt/first${n}`, n, ['build'], 'weekly', null]),
    ...[1, 2, 3].map((n) => [`5.10.223/x86_64/gcc/rt/first${n}`, n, ['build'], 'weekly', 'came with 6.12']),
  ]);
});

it('does not leave a line out for which there is no kernel', () => {
  const data: MatrixData = {
    kernels: ['9.2', '9.3'],
    tiers: { check: [{}], nightly: [], weekly: [] },
    exclude: [],
  };
  const kernels = [{ line: '9.2', version: '9.2.1', sources: [] }];
  expect(() => squaresOf({ matrix: data, patches }, kernels, 'check')).toThrow(
    expect.objectContaining({ code: 'unknown-kernel', message: expect.stringContaining('9.3') }),
  );
});
