// SPDX-License-Identifier: MIT
import { type MatrixOptions, openMatrix } from '../cells/matrix.js';
import type { World } from '../world/world.js';
import { type FormatName, formatMatrix } from './formats.js';
import { outlookOf } from './outlook.js';
import { matrixRows, renderMatrix } from './render.js';
import { loadsOf } from './shards.js';

/** The plan of a tier, as text or for a build server. */
export const showMatrix = async (
  { format, ...options }: MatrixOptions & { readonly format: FormatName | 'text' },
  world: World,
): Promise<{ text: string; json: unknown }> => {
  const { series, squares } = await openMatrix(options, world);
  const outlook = await outlookOf(
    squares.flatMap(({ planned }) => planned ?? []),
    world,
  );
  const rows = matrixRows(squares, outlook);
  const json = {
    version: 1,
    series: series.name,
    revision: series.revision,
    tier: options.tier,
    cells: rows,
  };
  if (format === 'text') return { text: renderMatrix(rows), json };
  const chosen = options.cells !== undefined || options.kernels !== undefined;
  return { text: formatMatrix(format, loadsOf(rows), chosen), json };
};
