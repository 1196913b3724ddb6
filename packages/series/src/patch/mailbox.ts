// SPDX-License-Identifier: MIT
import PostalMime from 'postal-mime';
import { problem } from '../problems.js';
import { telling } from './head.js';
import { type Patch, parsePatchFile } from './patch.js';

/** What the brackets of a subject say: `[PATCH v2 3/8]`. */
export interface SubjectTag {
  /** 1 when it names none. */
  readonly revision: number;
  /** 0 for a cover letter; null when the mail is not numbered. */
  readonly number: number | null;
  readonly total: number | null;
}

/** A mail of a mailbox that has a patch. */
export interface MailedPatch extends SubjectTag {
  readonly patch: Patch;
}

const FROM_LINE = /^From .*\n/gm;

// git mailsplit takes a line for a separator when its last colon is that of a time, and a year is
// behind it (is_from_line() in builtin/mailsplit.c); what a message says about "From here on" has
// neither.
const isSeparator = (line: string): boolean => {
  const colon = line.lastIndexOf(':');
  return (
    /^\d.\d\d:\d\d$/.test(line.slice(Math.max(0, colon - 4), colon + 3)) &&
    Number.parseInt(line.slice(colon + 3), 10) > 90
  );
};

// public-inbox names this sender in mailboxes where ">From" stands for "From" (mboxrd).
const QUOTING = /^From mboxrd@z /;

/** The mails of a mailbox, each with its separator line, in order. Text without one is a single mail. */
export const splitMailbox = (text: string): string[] => {
  const starts = [...text.matchAll(FROM_LINE)]
    .filter(([line]) => isSeparator(line))
    .map(({ index }) => index)
    .filter((at) => at === 0 || text[at - 2] === '\n' || at === 1);
  const cuts = starts[0] === 0 ? starts : [0, ...starts];
  return cuts
    .map((at, i) => text.slice(at, cuts[i + 1]))
    .filter((mail) => mail.trim() !== '')
    .map((mail) => (QUOTING.test(mail) ? mail.replace(/^>(?=>*From )/gm, '') : mail));
};

const BRACKETS = /\[([^[\]\n]*)\]/g;

/** What the brackets of a subject say; null when they do not speak of a patch. */
export const parseSubjectTag = (subject: string): SubjectTag | null => {
  const all = [...subject.matchAll(BRACKETS)].map(([, inside]) => inside ?? '');
  const words = all.find((inside) => /PATCH|RFC/i.test(inside));
  if (words === undefined) return null;
  const [, number, total] = /(?:^|\s)(\d{1,4})\/(\d{1,4})(?:\s|$)/.exec(words) ?? [];
  return {
    revision: Number(/(?:^|\s)v(\d{1,4})(?:\s|$)/i.exec(words)?.[1] ?? 1),
    number: number === undefined ? null : Number(number),
    total: total === undefined ? null : Number(total),
  };
};

/**
 * The patches of a mailbox of plain mails: what `git format-patch --stdout` writes, and posted
 * revisions. Cover letters and replies are left out; the rest is in the order of its numbers. Of a
 * mailbox with several revisions, those of the newest.
 *
 * @param file how messages name it
 * @throws {UserError} `mailbox-empty` when no mail has a patch; what {@link parsePatchFile} throws
 */
export const parseMailbox = async (file: string, text: string): Promise<MailedPatch[]> => {
  const found: MailedPatch[] = [];
  for (const [at, mail] of splitMailbox(text).entries()) {
    const { plain, subject } = await decoded(mail).catch((error: Error) => {
      throw problem('patch-header', `${file}#${at + 1}`, error.message);
    });
    if (/^\s*re:/i.test(subject) || !/^diff --git /m.test(plain)) continue;
    const tag = parseSubjectTag(subject) ?? { revision: 1, number: null, total: null };
    found.push({ ...tag, patch: await parsePatchFile(`${file}#${at + 1}`, plain) });
  }
  if (found.length === 0) throw problem('mailbox-empty', file);
  const newest = Math.max(...found.map(({ revision }) => revision));
  return found
    .filter(({ revision }) => revision === newest)
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
};

const ENCODED = /^content-transfer-encoding:\s*(?:base64|quoted-printable)\s*$/im;

// A patch file must be plain, for quilt; a mail need not be.
const decoded = async (mail: string): Promise<{ plain: string; subject: string }> => {
  const end = mail.indexOf('\n\n');
  const head = end === -1 ? mail : mail.slice(0, end + 1);
  const whole = ENCODED.test(head);
  const body = whole && end !== -1 ? mail.slice(end + 1) : '\n';
  const { subject = '', text = '' } = await PostalMime.parse(telling(head) + body);
  if (!whole) return { plain: mail, subject };
  const others = head.replace(/^content-(?:transfer-encoding|type):.*\n(?:[ \t].*\n)*/gim, '');
  return { plain: `${others}\n${text.replaceAll('\r\n', '\n')}`, subject };
};
