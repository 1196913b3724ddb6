// SPDX-License-Identifier: MIT
import { type Patch, pairPatches } from '@uio-msi/series';
import type { Revision } from '../message/message.js';
import type { EarlierRevision } from './facts.js';
import { newFiles } from './revision.js';
import type { Breach } from './rule.js';

/** The newest of the revisions that were posted before one. */
export const revisionBefore = (
  earlier: readonly EarlierRevision[],
  number: number,
): EarlierRevision | undefined => earlier.filter((one) => one.number < number).at(-1);

/** Without the revision that a rule compares with, it cannot say that nothing is wrong: that is a MISS. */
export const missingEarlier = (
  { number, resend }: Revision,
  earlier: readonly EarlierRevision[],
): readonly Breach[] => {
  const wanted = resend ? number : number - 1;
  if (wanted === 0 || earlier.some((one) => one.number === wanted)) return [];
  return [
    {
      where: 'series',
      what: `v${wanted} is not in the archive to compare with`,
      next: `import it: ./uio-msi series import, which keeps each revision in posted/`,
      verdict: 'MISS',
    },
  ];
};

/**
 * What each patch was in an older revision: the one of the same subject, that range-diff takes for
 * the same, or that made the same file. Patches that are new are not in it.
 */
export const counterparts = (
  before: readonly Patch[],
  after: readonly Patch[],
): ReadonlyMap<Patch, Patch> => {
  const paired = new Map(
    pairPatches(before, after).flatMap(({ before: old, after: now }) => {
      const [was, is] = [before[old ?? -1], after[now ?? -1]];
      return was && is ? [[is, was] as const] : [];
    }),
  );
  const makesSame = (patch: Patch): Patch | undefined => {
    const made = new Set(newFiles(patch));
    return before.find((other) => newFiles(other).some((path) => made.has(path)));
  };
  return new Map(
    after.flatMap((patch) => {
      const sameSubject = before.find(({ subject }) => subject === patch.subject);
      const was = sameSubject ?? paired.get(patch) ?? makesSame(patch);
      return was ? [[patch, was] as const] : [];
    }),
  );
};
