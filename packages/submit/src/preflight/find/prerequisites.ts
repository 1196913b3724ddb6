// SPDX-License-Identifier: MIT
import { loadPrerequisites, pairRevisions, postedRevisions, readPosted, type Series } from '@uio-msi/series';
import type { PrerequisiteState } from '../facts.js';

/**
 * What became on the lists of the series of this checkout that one needs, and those need.
 *
 * @throws {UserError} when one cannot be read, or its archive is not what it was
 */
export const findPrerequisites = async (series: Series): Promise<readonly PrerequisiteState[]> =>
  Promise.all(
    (await loadPrerequisites(series)).map(async (one) => {
      const posted = (await postedRevisions(one.dir)).at(-1) ?? null;
      return { series: one.name, posted, differs: posted === null ? [] : await differences(one, posted) };
    }),
  );

const differences = async (series: Series, posted: number): Promise<string[]> => {
  const before = (await readPosted(series.dir, posted)).patches.map(({ patch }) => patch);
  return pairRevisions(before, series.patches).flatMap(({ status, before: old, after }) =>
    status === 'same' ? [] : ((after === null ? before[old ?? -1] : series.patches[after])?.subject ?? []),
  );
};
