// SPDX-License-Identifier: MIT
import type { Person } from '@uio-msi/series';
import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { parseStamp, type Stamp } from './date.js';
import type { RawMail } from './mbox.js';
import { parseSubject, type Subject } from './subject.js';

/** A mail, decoded. */
export interface Mail {
  /** Its place in the mailbox. */
  readonly at: number;
  /** Without angle brackets; made up from its place when it has none. */
  readonly id: string;
  /** What it answers, oldest first: its direct parent is the last. Without angle brackets. */
  readonly parents: readonly string[];
  readonly from: Person | null;
  readonly subject: Subject;
  readonly date: Stamp | null;
  /** The text for people and its patch, in Unicode, lines ended by LF. */
  readonly text: string;
  /**
   * Whether a part says that it is not in UTF-8: of such a one, characters beyond ASCII are decoded,
   * and its bytes are not to be had back.
   */
  readonly foreign: boolean;
  /** As {@link RawMail}: its mailbox has stuffed its "From " lines. */
  readonly marked: boolean;
}

const MAX_PARENTS = 200;
const CHARSET = /charset\s*=\s*"?([\w.:-]+)/gi;
const PATCH_NAME = /\.(?:patch|diff)(?:\.txt)?$/i;
const PATCH_TYPE = /^text\/(?:x-)?(?:patch|diff)$/i;
const FORMATTED = /^From [0-9a-f]{40} /;

/**
 * Decodes a mail: transfer encodings, character sets, parts, encoded words. Takes any bytes.
 *
 * @returns null when no mail can be made out, or its limits are exceeded (nesting, size of headers)
 */
export const parseMail = async ({ at, bytes, marked }: RawMail): Promise<Mail | null> => {
  const whole = marked ? unstuffed(bytes) : bytes;
  const email = await PostalMime.parse(whole).catch(() => null);
  if (!email || email.headers.length === 0) return null;
  const attached = email.attachments.filter(isPatch);
  const inner = attached[0] ? await formatted(attached[0]) : null;
  const text = inner?.text ?? [email.text ?? '', ...attached.map(contents)].join('\n');
  return {
    at,
    marked,
    id: ids(email.messageId)[0] ?? `mail-${at}`,
    parents: [...new Set([...ids(email.references), ...ids(email.inReplyTo)])].slice(-MAX_PARENTS),
    from: inner?.from ?? person(email),
    subject: inner?.subject ?? parseSubject(email.subject ?? ''),
    date: inner?.date ?? dateOf(email),
    text: text.replaceAll('\r\n', '\n'),
    foreign: [...whole.toString('latin1').matchAll(CHARSET)].some(
      ([, name]) => !/^utf-?8$/i.test(name ?? ''),
    ),
  };
};

// Lines that look like a mailbox's own have one ">" more in it (mboxrd; mboxo does so once).
const unstuffed = (bytes: Buffer): Buffer =>
  bytes.includes('>From ')
    ? Buffer.from(bytes.toString('latin1').replace(/^>(>*From )/gm, '$1'), 'latin1')
    : bytes;

const dateOf = ({ headers }: Email): Stamp | null =>
  parseStamp(headers.find(({ key }) => key === 'date')?.value ?? '');

/** The identities in a header: what is in angle brackets, or all of a sloppy one. */
const ids = (header: string | undefined): string[] => {
  const found = [...(header ?? '').matchAll(/<([^<>\s]{1,500})>/g)].map(([, id]) => id ?? '');
  const bare = (header ?? '').trim();
  return found.length > 0 || !/^[^<>\s]{1,500}$/.test(bare) ? found : [bare];
};

const person = ({ from }: Email): Person | null => {
  const address = clean(from?.address ?? '').replaceAll(' ', '');
  return address === '' ? null : { name: clean(from?.name ?? ''), address };
};

/** A name or address that can be written into a header: one line, no brackets, no control characters. */
export const clean = (text: string): string =>
  text
    .replace(/[\p{C}<>]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const isPatch = ({ filename, mimeType }: Attachment): boolean =>
  PATCH_TYPE.test(mimeType) || PATCH_NAME.test(filename ?? '');

const bytesOf = ({ content }: Attachment): Buffer =>
  typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as Uint8Array);

const contents = (attachment: Attachment): string => bytesOf(attachment).toString('utf8');

// A patch that git formatted and somebody attached is a mail of its own.
type Inner = Pick<Mail, 'text' | 'from' | 'subject' | 'date'>;

const formatted = async (attachment: Attachment): Promise<Inner | null> => {
  const bytes = bytesOf(attachment);
  if (!FORMATTED.test(bytes.toString('latin1', 0, 60))) return null;
  const email = await PostalMime.parse(bytes.subarray(bytes.indexOf('\n') + 1)).catch(() => null);
  return (
    email && {
      text: email.text ?? '',
      from: person(email),
      date: dateOf(email),
      subject: parseSubject(email.subject ?? ''),
    }
  );
};
