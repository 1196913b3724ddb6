// SPDX-License-Identifier: MIT
import { lstat, readFile, stat } from 'node:fs/promises';
import { parseMailbox } from '../patch/mailbox.js';
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

// A mailbox of a long thread.
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The patches that a name stands for: `current` or the revision under way, a posted revision (`v1`),
 * what the series is on a kernel line (`6.12`), or the file of a mailbox.
 *
 * @throws {UserError} `posted-missing`, `side-unknown`, and what reading them throws
 */
export const readSide = async (series: Series, name: string): Promise<RangeSide> => {
  const revision = /^v([1-9]\d{0,3})$/.exec(name)?.[1];
  if (name === 'current') return { name, patches: series.patches };
  if (revision !== undefined) return { name, patches: await readRevision(series, Number(revision)) };
  if (/^(?:mainline|\d+\.\d+)$/.test(name)) return { name, patches: patchesFor(series, name) };
  return { name, patches: (await parseMailbox(name, await readMailboxFile(name))).map(({ patch }) => patch) };
};

const readRevision = async (series: Series, revision: number): Promise<readonly Patch[]> => {
  const posted = (await postedRevisions(series.dir)).includes(revision);
  if (!posted && series.revision === `v${revision}`) return series.patches;
  return (await readPosted(series.dir, revision)).patches.map(({ patch }) => patch);
};

const readMailboxFile = async (file: string): Promise<string> => {
  if (!(await lstat(file).catch(() => null))) throw problem('side-unknown', file);
  const found = await stat(file);
  if (!found.isFile()) throw problem('file-special', file);
  if (found.size > MAX_BYTES) throw problem('file-too-big', file, `it has ${found.size} bytes`);
  return (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
};
