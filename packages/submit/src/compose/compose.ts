// SPDX-License-Identifier: MIT
import {
  type Patch,
  type Person,
  parseStamp,
  putTogether,
  readChanges,
  readCover,
  renderCover,
  type Series,
  type Stamp,
  takeApart,
  trackingLines,
  withNotes,
} from '@uio-msi/series';
import { type Head, writePosting } from '../git/heads.js';
import type { Described } from '../git/temporary.js';
import { headerMailbox } from '../mail/address.js';
import type { Message, Revision } from '../message/message.js';
import { messageIds } from './message-id.js';
import type { Recipients } from './recipients.js';

/** What a posting needs to be written. */
export interface ComposeOptions extends Recipients {
  readonly series: Series;
  readonly sender: Person;
  readonly resend: boolean;
  /** `git diff --stat --summary` of all patches together; empty when it cannot be had. */
  readonly stat: string;
  /** The series of this checkout that it needs. */
  readonly known?: readonly Series[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes the mails of a posting as `git format-patch` would: it writes the headers and messages
 * itself. Ours are the cover letter, what is below the `---`, and the Message-Ids.
 *
 * @throws {UserError} what reading the changelog and the cover of a series throws
 * @throws {EnvironmentError} `git-failed`
 */
export const composeRevision = async (options: ComposeOptions): Promise<Revision> => {
  const { series, sender, resend, signal } = options;
  const number = Number(series.revision.slice(1));
  const changes = await readChanges(series);
  const commits = series.patches.map(describe);
  const coverBody = withoutHeading(renderCover(await readCover(series.dir), changes));
  const hasCover = series.patches.length > 1 || coverBody !== '';
  const prefix = resend ? `RESEND ${series.prefix}` : series.prefix;
  const version = number > 1 ? number : null;
  const count = `${'0'.repeat(`${commits.length}`.length)}/${commits.length}`;
  const cover = hasCover
    ? {
        letter: { author: sender, date: newest(commits), subject: series.subject, message: coverBody },
        prefix: [prefix, version === null ? '' : `v${version}`, count].filter(Boolean).join(' '),
      }
    : null;
  const written = await writePosting(commits, cover, {
    prefix,
    version,
    numbered: hasCover,
    sender,
    signal,
  });
  const { heads, shortlog, signature } = written;
  const idOf = messageIds(series, number, resend, sender);
  const coverId = hasCover ? idOf(0) : null;
  const tracking = (await trackingLines(series, options.known)).map((line) => `${line}\n`).join('');

  const finish = (at: number, head: Head, patch: Patch | null, below: string): Message => {
    const inReplyTo = at === 0 || coverId === null ? null : coverId;
    const raw = `${withHeaders(head.text, idOf(at), inReplyTo, options)}${below}${signature}`;
    return {
      number: at,
      file: head.file,
      patch,
      messageId: idOf(at),
      inReplyTo,
      from: sender,
      to: options.to,
      cc: options.cc,
      subject: `${brackets(prefix, version, hasCover ? at : null, heads.length)} ${patch?.subject ?? series.subject}`,
      body: raw.slice(raw.indexOf('\n\n') + 2),
      raw,
    };
  };
  // Where git format-patch --base has it: in the cover letter or, without one, behind the diff.
  const behind = hasCover ? '' : `\n${tracking}`;
  const messages = series.patches.map((patch, at) => {
    const below = belowMessage(patch, changes.patches[at]?.notes ?? '');
    return finish(at + 1, heads[at] as Head, patch, `${below}${behind}`);
  });
  if (written.cover) {
    const file = `${version === null ? '' : `v${version}-`}0000-cover-letter.patch`;
    const below = `\n${shortlog}${options.stat}\n${tracking}`;
    messages.unshift(finish(0, { ...written.cover, file }, null, below));
  }
  return { series, number, resend, sender, messages };
};

const describe = ({ author, subject, message, text }: Patch): Described => ({
  author,
  subject,
  message,
  date: parseStamp(/^Date: (.*)$/im.exec(takeApart(text).head)?.[1] ?? '') ?? { seconds: 0, zone: '+0000' },
});

// git gives a cover letter the time at which it is made. Ours must be the same until it is sent.
const newest = (commits: readonly Described[]): Stamp =>
  commits.map(({ date }) => date).reduce((a, b) => (a.seconds >= b.seconds ? a : b));

const withoutHeading = (cover: string): string => cover.replace(/^\s*# .*\n/, '').trim();

const brackets = (prefix: string, version: number | null, at: number | null, total: number): string => {
  const number = at === null ? '' : `${`${at}`.padStart(`${total}`.length, '0')}/${total}`;
  return `[${[prefix, version === null ? '' : `v${version}`, number].filter(Boolean).join(' ')}]`;
};

// Where git puts them: threading first (log_write_email_headers()), recipients last.
const withHeaders = (head: string, id: string, inReplyTo: string | null, { to, cc }: Recipients): string => {
  const mail = head.replace(/^From .*\n/, '');
  const end = mail.indexOf('\n\n') + 1;
  const threading = [
    `Message-Id: <${id}>`,
    ...(inReplyTo === null ? [] : [`In-Reply-To: <${inReplyTo}>`, `References: <${inReplyTo}>`]),
  ];
  const lists = [listOf('To', to), listOf('Cc', cc)].filter(Boolean);
  return `${threading.join('\n')}\n${mail.slice(0, end)}${lists.map((list) => `${list}\n`).join('')}${mail.slice(end)}`;
};

const listOf = (key: string, people: readonly Person[]): string =>
  people.length === 0 ? '' : `${key}: ${people.map(headerMailbox).join(',\n    ')}`;

// All of the file behind the message, with the notes of this revision and no signature of its own.
const belowMessage = (patch: Patch, notes: string): string =>
  putTogether({ ...takeApart(withNotes(patch.text, notes)), head: '', message: '', tail: '' });
