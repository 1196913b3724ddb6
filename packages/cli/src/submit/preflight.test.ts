// SPDX-License-Identifier: MIT
import type { PlannedCell } from '@uio-msi/pipeline';
import { loadPrerequisites } from '@uio-msi/series';
import { expect, it } from 'vitest';
import { openMatrix } from '../cells/matrix.js';
import { ROOT } from '../world/root.js';
import { matrixCells } from './preflight.js';

it('asks for exactly the cells of a night: another depth or machine would never be known', async () => {
  const { series, squares } = await openMatrix({ series: 'uio_msi', tier: 'nightly' }, { root: ROOT });
  const asked: PlannedCell[] = [];
  await matrixCells(
    { series, prerequisites: await loadPrerequisites(series) },
    async (cells) => {
      asked.push(...cells);
      return [];
    },
    { root: ROOT },
  );
  expect(asked.map(({ depth }) => depth)).toContain('quick');
  expect(asked).toEqual(squares.flatMap(({ planned }) => planned ?? []));
});
