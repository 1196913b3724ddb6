// SPDX-License-Identifier: MIT
import { lstat } from 'node:fs/promises';
import type { Patch } from '../patch/patch.js';
import { problem } from '../problems.js';
import { postedRevisions, readPosted } from '../revision/posted.js';
import { patchesFor, type Series } from '../series.js';

/** One side of a comparison. */
export interface RangeSide {
  /** As it was named. */
  readonly name: string;
  readonly patches: readonly Patch[];
}

/** Reads the patches in the file of a mailbox. */
export type MailboxReader = (file: string) => Promise<readonly Patch[]>;

/**
 * The patches that a name stands for: `current` or the revision under way, a posted revision (`v1`),
 * what the series is on a kernel line (`6.12`, `6.12.107`), or the file of a mailbox.
 *
 * @throws {UserError} `posted-missing`, `side-unknown`, and what reading them throws
 */
export const readSide = async (
  series: Series,
  name: string,
  readMailbox: MailboxReader,
): Promise<RangeSide> => {
  const revision = /^v([1-9]\d{0,3})$/.exec(name)?.[1];
  const line = /^(mainline|\d+\.\d+)(?:\.\d+|-rc\d+)?$/.exec(name)?.[1];
  if (name === 'current') return { name, patches: series.patches };
  if (revision !== undefined) return { name, patches: await readRevision(series, Number(revision)) };
  if (line !== undefined) return { name, patches: patchesFor(series, line) };
  if (!(await lstat(name).catch(() => null))) throw problem('side-unknown', name);
  return { name, patches: await readMailbox(name) };
};

const readRevision = async (series: Series, revision: number): Promise<readonly Patch[]> => {
  const posted = (await postedRevisions(series.dir)).includes(revision);
  if (!posted && series.revision === `v${revision}`) return series.patches;
  return (await readPosted(series.dir, revision)).patches.map(({ patch }) => patch);
};
