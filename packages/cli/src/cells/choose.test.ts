// SPDX-License-Identifier: MIT
import type { Catalogue } from '@uio-msi/kernels';
import type { MatrixData } from '@uio-msi/series';
import { expect, it } from 'vitest';
import { usualKernels } from './choose.js';

const kernel = (line: string, version: string) => ({ line, version, sources: [] });
// Newest first, as it is loaded.
const catalogue: Catalogue = {
  origins: [],
  kernels: [
    kernel('next', 'next-20261120'),
    kernel('mainline', '7.3-rc2'),
    kernel('7.2', '7.2.6'),
    kernel('7.2', '7.2.5'),
    kernel('6.12', '6.12.107'),
  ],
};
const usual = (check: MatrixData['tiers']['check'], kernels = ['7.2', '6.12']) =>
  usualKernels(
    { matrix: { kernels, tiers: { check, nightly: [], weekly: [] }, exclude: [] } },
    catalogue,
  ).map(({ version }) => version);

it('takes the newest kernel that the tier check has, whatever else came into the catalogue', () => {
  expect(usual([{ kernels: ['6.12'] }, { kernels: ['7.2'], depth: 'quick' }])).toEqual(['7.2.6']);
  expect(usual([{ kernels: ['6.12'] }])).toEqual(['6.12.107']);
  expect(usual([{}], ['mainline', '6.12'])).toEqual(['7.3-rc2']);
});

it('takes the newest of the matrix where the tier has no cell', () => {
  expect(usual([])).toEqual(['7.2.6']);
});

it('says so when the catalogue has none', () => {
  expect(() => usual([{ kernels: ['7.1'] }])).toThrow('no kernel 7.1 in the catalogue');
});
