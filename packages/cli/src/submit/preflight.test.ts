// SPDX-License-Identifier: MIT
import type { PlannedCell } from '@uio-msi/pipeline';
import { loadPrerequisites, type Tier } from '@uio-msi/series';
import { expect, it } from 'vitest';
import { openCatalogue } from '../cells/choose.js';
import { openMatrix } from '../cells/matrix.js';
import { ROOT } from '../world/root.js';
import { leftOutCells, matrixCells, type TriedCells } from './preflight.js';

const tried = async (tier: Tier | undefined): Promise<TriedCells> => {
  const { series } = await openMatrix({ series: 'uio_msi', tier: 'check' }, { root: ROOT });
  return {
    series: { ...series, matrix: { ...series.matrix, 'to-post': tier } },
    prerequisites: await loadPrerequisites(series),
    kernels: (await openCatalogue(ROOT)).kernels,
    root: ROOT,
  };
};

it.each([
  [undefined, 'weekly'],
  ['weekly', 'weekly'],
  ['nightly', 'nightly'],
  ['check', 'check'],
] as const)('when %s is to be green, asks for exactly the cells of %s', async (named, tier) => {
  const { squares } = await openMatrix({ series: 'uio_msi', tier }, { root: ROOT });
  const planned = squares.flatMap((square) => square.planned ?? []);
  const asked: PlannedCell[] = [];
  const cells = await matrixCells(await tried(named), async (all) => {
    asked.push(...all);
    return all.map(({ cell, key }) => ({ ...cell, key, verdict: 'MISS', stages: [] }));
  });
  // Another depth or machine would never be known.
  const essence = ({ key, depth, machines, stages }: PlannedCell) => ({ key, depth, machines, stages });
  expect(asked.map(essence)).toEqual(planned.map(essence));
  expect(cells.map(({ square, key }) => [square, key])).toEqual(
    squares.flatMap(({ id, planned: one }) => (one ? [[id, one.key]] : [])),
  );
});

it('says which cells nobody asks for, and why', async () => {
  const why = async (tier: Tier | undefined) =>
    new Set(leftOutCells(await tried(tier)).map((one) => one.why));
  const excluded = "PREEMPT_RT came into the kernel's own tree with 6.12";
  expect(await why(undefined)).toEqual(new Set([excluded]));
  expect(await why('nightly')).toEqual(
    new Set([excluded, 'is tried weekly', 'to the depth full is tried weekly']),
  );
  expect(await why('check')).toContain('is tried nightly');
  const { length } = (await tried(undefined)).series.patches;
  expect(leftOutCells(await tried('nightly')).map(({ cell }) => cell)).toContainEqual(
    expect.stringMatching(new RegExp(`/x86_64/gcc/minimal/first1-${length}$`)),
  );
});
