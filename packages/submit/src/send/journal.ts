// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson, type State, writeAtomic } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import * as z from 'zod/mini';

const Answer = z.strictObject({ addresses: z.array(z.string()), answer: z.string(), at: z.string() });

const Mail = z.strictObject({
  number: z.int(),
  subject: z.string(),
  messageId: z.string(),
  /** Its bytes, beside the journal. */
  file: z.string().check(z.regex(/^\d{4}\.eml$/)),
  sha256: z.string(),
  /** Who does not have it yet. */
  waiting: z.array(z.string()),
  /** A server was about to be given it, and nothing is known since. */
  offered: z.boolean(),
  sent: z.array(Answer),
  /** Who will not get it. */
  refused: z.array(Answer),
});

const Journal = z.strictObject({
  version: z.literal(1),
  series: z.string(),
  /** The series' folder. */
  dir: z.string(),
  revision: z.int(),
  resend: z.boolean(),
  /** To oneself only. */
  reflect: z.boolean(),
  digest: z.string(),
  from: z.string(),
  transport: z.string(),
  started: z.string(),
  /** The commit of the checkout that has the series as it was sent; null outside of git. */
  commit: z.nullable(z.string()),
  mails: z.array(Mail),
  /** What is done of what comes after the last mail. */
  archived: z.boolean(),
  tag: z.nullable(z.string()),
  opened: z.boolean(),
});

/** What is known of one posting: written before and after each step, so that it can go on. */
export type Journal = z.infer<typeof Journal>;
/** What is known of one mail. */
export type JournalMail = z.infer<typeof Mail>;

/** A posting that was begun, and where. */
export interface Posting {
  readonly folder: string;
  readonly journal: Journal;
}

const FILE = 'journal.json';

/** Whether nobody waits for any mail. */
export const isDelivered = ({ mails }: Journal): boolean =>
  mails.every(({ waiting, offered }) => waiting.length === 0 && !offered);

/** Whether all is done, and nothing is left for `resume`. */
export const isFinished = (journal: Journal): boolean =>
  isDelivered(journal) && (journal.reflect || (journal.archived && journal.opened));

/** Whether nothing of it left this machine, nor may have: it can be begun anew. */
export const isUntouched = ({ mails }: Journal): boolean =>
  mails.every(({ offered, sent, refused }) => !offered && sent.length === 0 && refused.length === 0);

const safe = (name: string): string => name.replace(/[^\w-]+/g, '-').slice(0, 100);

/** Where a posting of a series has its journal. */
export const journalFolder = (
  state: State,
  { changeId, revision, kind }: { changeId: string; revision: number; kind: '' | 'resend' | 'reflect' },
): string => state.path('submit', safe(changeId), `v${revision}${kind && `-${kind}`}`);

/**
 * Begins a posting: its mails first, then the journal that counts. The journal of one that is begun
 * anew goes before all: mails of one and the journal of another belong to nothing.
 *
 * @param contents the mails, in the order of the journal's
 */
export const beginPosting = async (
  folder: string,
  journal: Journal,
  contents: readonly string[],
): Promise<Posting> => {
  await mkdir(folder, { recursive: true });
  await rm(join(folder, FILE), { force: true });
  for (const [at, { file }] of journal.mails.entries())
    await writeAtomic(join(folder, file), contents[at] ?? '');
  await keep({ folder, journal });
  return { folder, journal };
};

/** Writes the journal down; when this returns, it is on the disk. */
export const keep = ({ folder, journal }: Posting): Promise<void> =>
  writeAtomic(join(folder, FILE), `${JSON.stringify(journal, null, 2)}\n`);

/** The posting in a folder; null when none was begun there. */
export const findPosting = async (folder: string): Promise<Posting | null> => {
  const found = await readJson(join(folder, FILE));
  if (found === undefined) return null;
  const { success, data } = Journal.safeParse(found);
  if (success) return { folder, journal: data };
  throw new EnvironmentError({
    code: 'journal-damaged',
    message: `${join(folder, FILE)} is no journal`,
    next: 'look into it: it says who has which mail; remove the folder only when nothing of it was sent',
  });
};

/** All postings of a series, oldest first. */
export const findPostings = async (state: State, changeId: string): Promise<Posting[]> => {
  const folder = state.path('submit', safe(changeId));
  const names: string[] = await readdir(folder).catch(() => []);
  const found = await Promise.all(names.map((name) => findPosting(join(folder, name))));
  return found
    .filter((posting) => posting !== null)
    .sort((a, b) => (a.journal.started < b.journal.started ? -1 : 1));
};

/** The digest of a mail's content. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The content of a mail of a posting.
 *
 * @throws {EnvironmentError} `journal-damaged` when it is not what was to be sent
 */
export const readContent = async ({ folder }: Posting, mail: JournalMail): Promise<string> => {
  const path = join(folder, mail.file);
  const text = await readFile(path, 'utf8').catch(() => '');
  if (sha256(text) === mail.sha256) return text;
  throw new EnvironmentError({
    code: 'journal-damaged',
    message: `${path} is not the mail that was to be sent`,
    next: 'put it back from a backup; others of its posting may be on the list already',
  });
};
