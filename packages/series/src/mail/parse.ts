// SPDX-License-Identifier: MIT

import PostalMime, { type Email } from 'postal-mime';
import type { Person } from '../patch/mail.js';
import { isPatch, readAttached } from './attached.js';
import { parseStamp, type Stamp } from './date.js';
import { flowOf, unflowed } from './flowed.js';
import { identities, telling } from './head.js';
import type { RawMail } from './mbox.js';
import { parseSubject, type Subject } from './subject.js';

/** A mail, decoded. */
export interface Mail {
  /** Its place in the mailbox. */
  readonly at: number;
  /** Without angle brackets; made up from its place when it has none. */
  readonly id: string;
  /** It has one: a file of git format-patch that was never mailed has none. */
  readonly mailed: boolean;
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
  /** How many patches as git formats them are attached; of several, none is in the text. */
  readonly attached: number;
}

const MAX_PARENTS = 200;
const MAX_HEAD = 2 ** 17;
const CHARSET = /charset\s*=\s*"?([\w.:-]+)/gi;

/**
 * Decodes a mail: transfer encodings, character sets, parts, encoded words. Takes any bytes.
 *
 * @returns null when no mail can be made out, or its limits are exceeded (nesting, size of headers)
 */
export const parseMail = async ({ at, bytes, marked }: RawMail): Promise<Mail | null> => {
  const cut = cutHead(marked ? unstuffed(bytes) : bytes);
  if (!cut) return null;
  const { email, text, foreign } = (await parsePlain(cut)) ?? (await parseEncoded(cut)) ?? {};
  if (!email || text === undefined || foreign === undefined) return null;
  const { count, inner, others } = await readAttached(email.attachments.filter(isPatch));
  const letter = inner?.email ?? email;
  const [id] = identities(cut.head, 'message-id');
  return {
    at,
    marked,
    attached: count,
    id: id ?? `mail-${at}`,
    mailed: id !== undefined,
    parents: [
      ...new Set([...identities(cut.head, 'references'), ...identities(cut.head, 'in-reply-to')]),
    ].slice(-MAX_PARENTS),
    from: person(letter) ?? person(email),
    subject: parseSubject(letter.subject ?? email.subject ?? ''),
    date: dateOf(letter) ?? dateOf(email),
    text: (inner?.text ?? [text, ...others].join('\n')).replaceAll('\r\n', '\n'),
    foreign,
  };
};

/** A mail in two: its headers, one character for each byte, and its body. */
interface CutMail {
  readonly head: string;
  readonly body: Buffer;
}

const cutHead = (bytes: Buffer): CutMail | null => {
  const end = HEAD_END.exec(bytes.toString('latin1', 0, MAX_HEAD));
  if (!end && bytes.length > MAX_HEAD) return null;
  const [at, length] = end ? [end.index, end[0].length] : [bytes.length, 0];
  return {
    head: bytes.toString('latin1', 0, at).replaceAll('\r\n', '\n'),
    body: bytes.subarray(at + length),
  };
};

// What parsing gives of the headers that matter and a body; null when it gives nothing.
const parsed = async (head: string, body: Buffer = Buffer.alloc(0)): Promise<Email | null> => {
  try {
    const headers = telling(head);
    if (headers === '') return null;
    return await PostalMime.parse(Buffer.concat([Buffer.from(`${headers}\n`, 'latin1'), body]));
  } catch {
    return null;
  }
};

type Parsed = { readonly email: Email } & Pick<Mail, 'text' | 'foreign'>;

const PLAIN_TYPE =
  /^text\/plain(?:\s*;\s*(?:charset\s*=\s*"?(?:utf-?8|us-ascii)"?|format\s*=\s*"?(?:flowed|fixed)"?|delsp\s*=\s*"?(?:yes|no)"?))*(?:\s*;)?$/i;
const PLAIN_ENCODING = /^(?:7bit|8bit)?$/i;
const HEAD_END = /\r?\n\r?\n/;

// Most mails with patches need no decoding: their bytes are their text, and only their headers are parsed.
const parsePlain = async ({ head, body }: CutMail): Promise<Parsed | null> => {
  const email = await parsed(head);
  const header = (name: string): string =>
    (email?.headers.find(({ key }) => key === name)?.value ?? '').trim();
  const type = header('content-type');
  if (!email) return null;
  if (!(type === '' || PLAIN_TYPE.test(type)) || !PLAIN_ENCODING.test(header('content-transfer-encoding')))
    return null;
  return { email, text: unflowed(body.toString(), flowOf(type)), foreign: false };
};

const FLOWED = /;\s*format\s*=\s*"?flowed"?/i;

const parseEncoded = async ({ head, body }: CutMail): Promise<Parsed | null> => {
  // The parser joins flowed lines with no regard for spaces, which a patch cannot do without.
  const type = /^content-type:(?:.*\n[ \t])*.*/im.exec(head)?.[0] ?? '';
  const plain = /^content-type:\s*text\/plain\b/i.test(type);
  const flow = flowOf(plain ? type : '');
  const email = await parsed(flow.flowed ? head.replace(FLOWED, '') : head, body);
  if (!email) return null;
  const charsets = [head, body.toString('latin1')]
    .flatMap((part) => [...part.matchAll(CHARSET)])
    .map(([, name]) => name ?? '');
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
