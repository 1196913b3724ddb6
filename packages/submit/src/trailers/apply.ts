// SPDX-License-Identifier: MIT
import { changeSeries, type Series } from '@uio-msi/series';
import type { Collected } from './collect.js';
import { withChangelog, withTrailers } from './insert.js';

/**
 * Writes tags into the patches that they belong to, and into what stands in for them on older lines;
 * where a patch changed since, its changelog says that the tag was dropped.
 *
 * @param collected tags of status `add` are written, those of `changed` noted unless they are doubtful, others left alone
 * @returns the files that changed
 * @throws {UserError} what writing to a series throws
 */
export const applyTrailers = async (series: Series, collected: readonly Collected[]): Promise<string[]> => {
  const revision = Number(series.revision.slice(1));
  const changes = new Map<string, string>();
  const variants = series.variants.map(({ patch, replacement }) => ({ of: patch, ...replacement }));
  for (const { of, file, text } of [
    ...series.patches.map((patch) => ({ of: patch.file, ...patch })),
    ...variants,
  ]) {
    const its = collected.filter(({ patch }) => patch === of);
    // Of a doubtful one nothing is said in public: who knows whether it was given.
    const dropped = its.filter(({ status, doubts }) => status === 'changed' && doubts.length === 0).map(note);
    const added = its.filter(({ status }) => status === 'add');
    const now = withChangelog(withTrailers(text, added), revision, dropped);
    if (now !== text) changes.set(file, now);
  }
  if (changes.size > 0) await changeSeries(series.dir, changes);
  return [...changes.keys()];
};

const note = ({ key, value, revision }: Collected): string =>
  `drop ${key} of ${value.replace(/\s*<.*$/, '')}, given to v${revision}: the patch is another one since`;
