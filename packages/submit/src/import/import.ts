// SPDX-License-Identifier: MIT
import { basename } from 'node:path';
import { parseTracking, type Stamp, type TrackingLines, takeMail } from '@uio-msi/series';
import { stringify } from 'yaml';
import { formatHeads } from '../git/heads.js';
import { indexMailbox, type Mail } from '../mail/mail-index.js';
import type { PickedMail } from '../mail/pick.js';
import { chooseThread, type Thread, type Wanted } from '../thread/choose.js';
import { mailsOf, missingFrom, type Posting, titleOf } from '../thread/posting.js';
import { mailboxOf } from './archive.js';
import { coverFile, coverText } from './cover.js';
import type { Letter } from './letter.js';
import { picker, readLetters } from './letters.js';
import { changeIdOf, chosenName, nameOf } from './name.js';
import { writeSeries } from './write.js';

/** What is to be imported, and as what. */
export interface ImportOptions extends Wanted {
  /** The file. */
  readonly mailbox: string;
  /** The folder that gets a folder for the series. */
  readonly into: string;
  /** Null: made of the subject. */
  readonly name: string | null;
  /** The kernel line that the patches are for: `7.2`. */
  readonly base: string;
  /** Only say what would be written. */
  readonly dryRun: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** What was imported. */
export interface Imported {
  readonly name: string;
  readonly dir: string;
  readonly subject: string;
  readonly revision: number;
  /** Patch files, in order. */
  readonly patches: readonly string[];
  /** `posted/v1.mbox`… */
  readonly posted: readonly string[];
  /** Mails looked at, and those that were not to be made out. */
  readonly mails: number;
  readonly unreadable: number;
  /** What was decided or left out, for a person. */
  readonly notes: readonly string[];
}

/**
 * Makes a series of the patches in a mailbox. All of it is there in the end, or nothing.
 *
 * @throws {UserError} see `problems.ts`, and what reading a patch of a series throws
 * @throws {EnvironmentError} `git-failed`, `disk-full`, `state-not-writable`
 */
export const importSeries = async (options: ImportOptions): Promise<Imported> => {
  const file = basename(options.mailbox);
  const { mails, unreadable } = await indexMailbox(options.mailbox);
  const thread = chooseThread(file, mails, options);
  const revisions = archived(thread);
  const take = await picker(options.mailbox, [thread.posting, ...revisions.values()]);

  const { posting } = thread;
  const letters = readLetters(posting, take);
  const first = letters[0] as Letter;
  const subject = posting.cover?.subject.bare || first.subject;
  const name = options.name === null ? nameOf(subject) : chosenName(options.name);
  const prefix = [posting.rfc && 'RFC', 'PATCH', ...tagsOf(posting)].filter(Boolean).join(' ');
  const patches = await patchFiles(letters, options.signal);
  const notes = [...thread.notes];
  if (!posting.cover && posting.total > 1) notes.push('there is no cover letter: cover.md is empty');
  const posted = new Map<number, string>();
  for (const [revision, one] of revisions) {
    const text = mailboxOf(mailsOf(one).map(take));
    if (text === null) notes.push(`v${revision} was not archived: one of its mails is not UTF-8`);
    else posted.set(revision, text);
  }
  const { baseCommit, prerequisites } = trackingOf(posting, take);
  const manifest = {
    name,
    revision: posting.version,
    'change-id': changeIdFor(name, thread),
    subject,
    prefix,
    base: options.base,
    ...(baseCommit === null ? {} : { 'base-commit': baseCommit }),
    ...(prerequisites.length === 0 ? {} : { prerequisites }),
    patches: [...patches.keys()],
    config: [],
    modules: [],
    matrix: { kernels: [options.base] },
  };
  const files = new Map([
    ['series.yaml', stringify(manifest, { lineWidth: 0 })],
    ['series', [...patches.keys()].map((patch) => `${patch}\n`).join('')],
    ['cover.md', coverFile(subject, posting.cover ? coverText(take(posting.cover).text) : '')],
    ...patches,
  ]);
  const dir = await writeSeries({ ...options, name, files, posted });
  return {
    name,
    dir,
    subject,
    revision: posting.version,
    patches: [...patches.keys()],
    posted: [...posted.keys()].map((revision) => `posted/v${revision}.mbox`),
    mails: mails.length + unreadable,
    unreadable,
    notes,
  };
};

// A revision is archived when all of it is there. Of an RFC and the real thing with one number, and
// of what was sent again, the later counts.
const archived = ({ all }: Thread): Map<number, Posting> =>
  new Map(all.filter((one) => missingFrom(one).length === 0).map((one) => [one.version, one] as const));

// A list puts its name before the brackets of git; a subsystem's tree is in them with PATCH.
const tagsOf = (posting: Posting): readonly string[] => {
  const [first, ...others] = mailsOf(posting).map(({ subject }) => subject.tags);
  return (first ?? []).filter(
    (tag) =>
      /^[a-z][a-z0-9.-]*$/.test(tag) &&
      /-next$|^net$|^bpf$/.test(tag) &&
      others.every((tags) => tags.includes(tag)),
  );
};

const changeIdFor = (name: string, { all, posting }: Thread): string => {
  const mails = [posting, ...all].flatMap(mailsOf);
  const oldest = mailsOf(all[0] ?? posting)[0];
  return (
    mails.find(({ changeId }) => changeId !== null)?.changeId ??
    changeIdOf(name, oldest?.date?.seconds ?? 0, oldest?.id ?? titleOf(posting))
  );
};

// git and b4 write it into the cover letter or, without one, behind the diff of the first patch.
const trackingOf = ({ cover, patches }: Posting, take: (mail: Mail) => PickedMail): TrackingLines => {
  const first = patches.get(1);
  if (cover) return parseTracking(take(cover).text);
  return parseTracking(first ? takeMail(take(first)).tail : '');
};

const EPOCH: Stamp = { seconds: 0, zone: '+0000' };

const patchFiles = async (
  letters: readonly Letter[],
  signal: AbortSignal | undefined,
): Promise<Map<string, string>> => {
  const heads = await formatHeads(
    letters.map((letter) => ({ ...letter, date: letter.date ?? EPOCH })),
    { prefix: 'PATCH', version: null, numbered: false, sender: null, signal },
  );
  return new Map(heads.map(({ file, text }, at) => [file, wholePatch(text, letters[at] as Letter)]));
};

// Below the message as format-patch has it: rule, notes, diffstat, diff.
const wholePatch = (head: string, { notes, stat, diff }: Letter): string => {
  const said = notes.trim() === '' ? '' : `${notes.replace(/^\s*\n|\s+$/g, '')}\n---\n`;
  return `${head}---\n${said}${stat === '' ? '' : `${stat}\n`}\n${diff}`;
};
