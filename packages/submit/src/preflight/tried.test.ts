// SPDX-License-Identifier: MIT
import { type Patch, parsePatchFile, type Series } from '@uio-msi/series';
import { expect, it } from 'vitest';
import { patchText } from '../../testing/revision.js';
import { triedKey } from './tried.js';

it('is another key for whatever preflight judges beside the mails', async () => {
  const patch = await parsePatchFile('0001.patch', patchText());
  const other: Patch = { ...patch, text: `${patch.text}\n` };
  const series = {
    name: 'x',
    base: '7.2',
    patches: [patch],
    variants: [],
    config: [],
    matrix: {},
  } as unknown as Series;
  const of = (change: Partial<Series>) => ({ ...series, ...change });
  const at = { kernel: '7.2.6', base: 'abc', prerequisites: [] };
  const variant = (replacement: Patch) =>
    of({ variants: [{ line: '6.12', patch: patch.file, replacement, why: 'y' }] });
  const keys = [
    { ...at, series },
    { ...at, series: of({ matrix: { kernels: ['7.2'] } as never }) },
    { ...at, series: of({ config: ['CONFIG_UIO=y'] as never }) },
    { ...at, series: variant(patch) },
    { ...at, series: variant(other) },
    { ...at, series, prerequisites: [series] },
    { ...at, series, prerequisites: [of({ patches: [other] })] },
    { ...at, series, base: 'abd' },
    { ...at, series, base: null },
    { ...at, series, kernel: '7.2.7' },
  ].map(triedKey);
  expect(new Set(keys).size).toBe(keys.length);
  expect(triedKey({ ...at, series: of({ dir: '/elsewhere' }) })).toBe(keys[0]);
});
