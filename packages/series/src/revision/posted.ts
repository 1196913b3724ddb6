// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readSeriesFile } from '../disk/read.js';
import { changeSeries, type OnStep } from '../disk/transaction.js';
import { type MailedPatch, parseMailbox } from '../patch/mailbox.js';
import { problem } from '../problems.js';

/** A revision as it was mailed. */
export interface PostedRevision {
  /** 1 for `v1`. */
  readonly revision: number;
  /** The file, relative to the series folder: `posted/v1.mbox`. */
  readonly file: string;
  /** The mailbox, byte for byte. */
  readonly text: string;
  readonly patches: readonly MailedPatch[];
}

// In the format of sha256sum(1), so that anybody can check them.
const SUMS = 'posted/SHA256SUMS';

const fileOf = (revision: number): string => `posted/v${revision}.mbox`;

/** The revisions that were posted, oldest first. */
export const postedRevisions = async (dir: string): Promise<number[]> => {
  const names: string[] = await readdir(join(dir, 'posted')).catch(() => []);
  return names
    .flatMap((name) => /^v([1-9]\d{0,3})\.mbox$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
};

/**
 * Reads a posted revision, which must be what its checksum says.
 *
 * @throws {UserError} `posted-missing`, `posted-unlisted`, `posted-changed`, and what reading a
 *   mailbox throws
 */
export const readPosted = async (dir: string, revision: number): Promise<PostedRevision> => {
  const file = fileOf(revision);
  if (!(await postedRevisions(dir)).includes(revision)) throw problem('posted-missing', file);
  const text = await readSeriesFile(dir, file);
  const listed = sumsOf(await readSums(dir)).get(`v${revision}.mbox`);
  if (listed === undefined) throw problem('posted-unlisted', file);
  if (listed !== digest(text)) throw problem('posted-changed', file, `its SHA-256 is ${digest(text)}`);
  return { revision, file, text, patches: await parseMailbox(file, text) };
};

/**
 * Archives a revision as it was mailed, with its checksum. Archiving the same again changes nothing.
 *
 * @throws {UserError} `posted-again` when another text is there
 */
export const archivePosted = async (
  dir: string,
  revision: number,
  text: string,
  onStep?: OnStep,
): Promise<void> => {
  const file = fileOf(revision);
  if ((await postedRevisions(dir)).includes(revision)) {
    if ((await readSeriesFile(dir, file)) !== text) throw problem('posted-again', file);
    if (sumsOf(await readSums(dir)).has(`v${revision}.mbox`)) return;
  }
  const sums = `${await readSums(dir)}${digest(text)}  v${revision}.mbox\n`;
  await changeSeries(
    dir,
    new Map([
      [file, text],
      [SUMS, sums],
    ]),
    onStep,
  );
};

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const readSums = async (dir: string): Promise<string> => {
  const names: string[] = await readdir(join(dir, 'posted')).catch(() => []);
  return names.includes('SHA256SUMS') ? readSeriesFile(dir, SUMS) : '';
};

const sumsOf = (text: string): Map<string, string> =>
  new Map(
    text.split('\n').flatMap((line) => {
      const [, sum, name] = /^([0-9a-f]{64}) [ *](\S+)$/.exec(line) ?? [];
      return sum !== undefined && name !== undefined ? [[name, sum] as const] : [];
    }),
  );
