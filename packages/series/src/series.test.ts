// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import type { Patch } from './patch/patch.js';
import { compareLines, patchesFor, type Series } from './series.js';

it('orders lines by number, mainline last', () => {
  const lines = ['mainline', '6.12', '5.10', '6.6', '7.2', '10.0'];
  expect(lines.toSorted(compareLines)).toEqual(['5.10', '6.6', '6.12', '7.2', '10.0', 'mainline']);
});

const patch = (file: string) => ({ file }) as Patch;
const variant = (line: string, of: string) => ({
  line,
  patch: of,
  replacement: patch(`variants/${line}/${of}`),
  why: '',
});
const series = {
  patches: [patch('1.patch'), patch('2.patch')],
  variants: [variant('6.6', '1.patch'), variant('6.12', '1.patch'), variant('6.12', '2.patch')],
} as unknown as Series;

it.each([
  ['mainline', ['1.patch', '2.patch']],
  ['7.2', ['1.patch', '2.patch']],
  ['6.12', ['variants/6.12/1.patch', 'variants/6.12/2.patch']],
  ['6.7', ['variants/6.12/1.patch', 'variants/6.12/2.patch']],
  ['6.6', ['variants/6.6/1.patch', 'variants/6.12/2.patch']],
  ['5.10', ['variants/6.6/1.patch', 'variants/6.12/2.patch']],
])('resolves the variants for %s', (line, files) => {
  expect(patchesFor(series, line).map(({ file }) => file)).toEqual(files);
});
