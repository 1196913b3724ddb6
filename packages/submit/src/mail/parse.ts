// SPDX-License-Identifier: MIT
import type { Person } from '@uio-msi/series';
import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { parseStamp, type Stamp } from './date.js';
import { flowOf, unflowed } from './flowed.js';
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
const MAX_HEAD = 2 ** 17;
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
  const { email, text, foreign } = (await parsePlain(whole)) ?? (await parseEncoded(whole)) ?? {};
  if (!email || text === undefined || foreign === undefined) return null;
  const attached = email.attachments.filter(isPatch);
  const inner = attached[0] ? await formatted(attached[0]) : null;
  return {
    at,
    marked,
    id: ids(email.messageId)[0] ?? `mail-${at}`,
    parents: [...new Set([...ids(email.references), ...ids(email.inReplyTo)])].slice(-MAX_PARENTS),
    from: inner?.from ?? person(email),
    subject: inner?.subject ?? parseSubject(email.subject ?? ''),
    date: inner?.date ?? dateOf(email),
    text: (inner?.text ?? [text, ...attached.map(contents)].join('\n')).replaceAll('\r\n', '\n'),
    foreign,
  };
};

type Parsed = { readonly email: Email } & Pick<Mail, 'text' | 'foreign'>;

const PLAIN_TYPE =
  /^text\/plain(?:\s*;\s*(?:charset\s*=\s*"?(?:utf-?8|us-ascii)"?|format\s*=\s*"?(?:flowed|fixed)"?|delsp\s*=\s*"?(?:yes|no)"?))*(?:\s*;)?$/i;
const PLAIN_ENCODING = /^(?:7bit|8bit)?$/i;
const HEAD_END = /\r?\n\r?\n/;

// Most mails with patches need no decoding: their bytes are their text, and only their headers are parsed.
const parsePlain = async (bytes: Buffer): Promise<Parsed | null> => {
  const end = HEAD_END.exec(bytes.toString('latin1', 0, MAX_HEAD));
  if (!end) return null;
  const body = end.index + end[0].length;
  const email = await PostalMime.parse(bytes.subarray(0, body)).catch(() => null);
  const header = (name: string): string =>
    (email?.headers.find(({ key }) => key === name)?.value ?? '').trim();
  const type = header('content-type');
  if (!email || email.headers.length === 0) return null;
  if (!(type === '' || PLAIN_TYPE.test(type)) || !PLAIN_ENCODING.test(header('content-transfer-encoding')))
    return null;
  return { email, text: unflowed(bytes.toString('utf8', body), flowOf(type)), foreign: false };
};

const FLOWED = /;\s*format\s*=\s*"?flowed"?/i;

const parseEncoded = async (bytes: Buffer): Promise<Parsed | null> => {
  // The parser joins flowed lines with no regard for spaces, which a patch cannot do without.
  const end = HEAD_END.exec(bytes.toString('latin1', 0, MAX_HEAD))?.index ?? 0;
  const head = bytes.toString('latin1', 0, end);
  const type = /^content-type:(?:.*\r?\n[ \t])*.*/im.exec(head)?.[0] ?? '';
  const plain = /^content-type:\s*text\/plain\b/i.test(type);
  const flow = flowOf(plain ? type : '');
  const steady = flow.flowed
    ? Buffer.concat([Buffer.from(head.replace(FLOWED, ''), 'latin1'), bytes.subarray(end)])
    : bytes;
  const email = await PostalMime.parse(steady).catch(() => null);
  if (!email || email.headers.length === 0) return null;
  const charsets = [...bytes.toString('latin1').matchAll(CHARSET)].map(([, name]) => name ?? '');
  return {
    email,
    text: unflowed(email.text ?? '', flow),
    foreign: charsets.some((name) => !/^utf-?8$/i.test(name)),
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
