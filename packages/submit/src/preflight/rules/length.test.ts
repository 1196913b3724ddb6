// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { broken } from '../../../testing/revision.js';
import { length } from './length.js';

const patches = (count: number) => Array.from({ length: count }, (_, at) => ({ subject: `uio: do ${at}` }));

it('lets 15 patches through, and not 16; the cover letter does not count', async () => {
  expect(await broken(length, { patches: patches(15) })).toEqual([]);
  expect(await broken(length, { patches: patches(16) })).toEqual(['series: it has 16 patches']);
});
