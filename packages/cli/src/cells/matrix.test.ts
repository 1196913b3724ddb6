// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { ROOT } from '../world/root.js';
import { openMatrix } from './matrix.js';

const open = (cells?: readonly string[]) =>
  openMatrix({ series: 'uio_msi', tier: 'weekly', ...(cells && { cells }) }, { root: ROOT });

it('builds every prefix of the series once a week, in the folder of the whole', async () => {
  const { series, squares } = await open();
  const prefixes = squares.filter(({ prefix }) => prefix !== undefined);
  expect(prefixes.map(({ prefix }) => prefix)).toEqual(series.patches.map((_, at) => at + 1));
  const planned = prefixes.flatMap((square) => square.planned ?? []);
  expect(planned.map(({ patches }) => patches.length)).toEqual(prefixes.map(({ prefix }) => prefix));
  expect(new Set(planned.map(({ stages }) => stages?.join()))).toEqual(new Set(['build']));
  const [whole] = squares;
  expect(new Set(planned.map(({ folder }) => folder))).toEqual(new Set([whole?.planned?.folder]));
  expect(planned.map(({ key }) => key)).toEqual(
    prefixes.map(({ prefix }) => `${whole?.planned?.key}-first${prefix}`),
  );
});

it('chooses prefixes one by one and together, and nothing that is not there', async () => {
  const whole = (await open()).squares[0]?.id;
  const chosen = async (...names: readonly string[]) =>
    (await open(names.map((name) => `${whole}${name}`))).squares.map(({ id }) => id.slice(whole?.length));
  expect(await chosen('/first2-4', '/first6')).toEqual(['/first2', '/first3', '/first4', '/first6']);
  expect(await chosen('')).toEqual(['']);
  for (const name of ['/first7-99', '/first0', '/first4-2', '/'])
    await expect(chosen(name)).rejects.toMatchObject({ code: 'unknown-cell' });
  await expect(open(['7.2'])).rejects.toMatchObject({ code: 'unknown-cell' });
});
