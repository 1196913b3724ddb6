// SPDX-License-Identifier: MIT
import {
  loadPrerequisites,
  type Patch,
  pairRevisions,
  postedRevisions,
  readPosted,
  type Series,
} from '@uio-msi/series';
import { changesOf } from '../../message/changes.js';
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
    status === 'same' || sameChange(before[old ?? -1], series.patches[after ?? -1])
      ? []
      : ((after === null ? before[old ?? -1] : series.patches[after])?.subject ?? []),
  );
};

// A tag that a reviewer gave since makes no other code.
const sameChange = (a: Patch | undefined, b: Patch | undefined): boolean =>
  a !== undefined && b !== undefined && changesOf(a) === changesOf(b);
