// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { loadSeries } from './load.js';
import { problem } from './problems.js';
import type { Series } from './series.js';

/**
 * Reads the series of the same checkout that this one needs, and what those need: each once, in the
 * order in which they are applied. What is named by mail or patch id is not of this checkout, and left out.
 *
 * @throws {UserError} what {@link loadSeries} throws; `prerequisite-circle` when one needs itself
 */
export const loadPrerequisites = async (series: Series): Promise<readonly Series[]> => {
  const found = new Map<string, Series>();
  const visit = async (one: Series, path: readonly string[]): Promise<void> => {
    if (path.includes(one.name))
      throw problem('prerequisite-circle', 'series.yaml', [...path, one.name].join(' needs '));
    for (const prerequisite of one.prerequisites) {
      if (!('series' in prerequisite) || found.has(prerequisite.series)) continue;
      const needed = await loadSeries(join(series.dir, '..', prerequisite.series));
      await visit(needed, [...path, one.name]);
      found.set(needed.name, needed);
    }
  };
  await visit(series, []);
  return [...found.values()];
};
