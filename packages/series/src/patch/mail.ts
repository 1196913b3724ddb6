// SPDX-License-Identifier: MIT
import PostalMime, { type Email } from 'postal-mime';
import { telling } from '../mail/head.js';
import { problem } from '../problems.js';
import { takeApart, trimLines } from './parts.js';

/** Who wrote a patch. */
export interface Person {
  readonly name: string;
  readonly address: string;
}

/** What the mail around a patch says. */
export interface Letter {
  readonly author: Person;
  /** Without `[PATCH …]` and `Re:`. */
  readonly subject: string;
  /** ISO 8601; null when there is none. */
  readonly date: string | null;
  /** The commit message below the subject, with its trailers, without what is below `---`. */
  readonly message: string;
  /** What is between `---` and the diffstat: changelogs, for reviewers. */
  readonly notes: string;
  /** From the first `diff --git` on, without what is behind it. */
  readonly diff: string;
}

// A change that is no git diff.
const TRADITIONAL = /^--- \S.*\n\+\+\+ \S.*\n@@ -/m;

/**
 * Takes a patch file as `git format-patch` writes it apart.
 *
 * @throws {UserError} `patch-header` without author or subject, `patch-encoded` when the body is
 *   base64 or quoted-printable, `patch-empty` without a diff, `patch-traditional` with one that
 *   is not git's
 */
export const parseLetter = async (file: string, text: string): Promise<Letter> => {
  const parts = takeApart(text);
  const mail = await parseHead(parts.head).catch((error: Error) => {
    throw problem('patch-header', file, error.message);
  });
  requirePlain(file, mail);
  const { author, message } = inBody(trimLines(parts.message));
  const from = author ?? mailbox(mail);
  const subject = bare(mail.subject ?? '');
  if (!from) throw problem('patch-header', file, 'there is no From: with an address');
  if (subject === '') throw problem('patch-header', file, 'there is no Subject:');
  if (parts.diff === '' && TRADITIONAL.test(text)) throw problem('patch-traditional', file);
  if (parts.diff === '') throw problem('patch-empty', file, 'there is no line that begins with "diff --git"');
  return {
    author: from,
    subject,
    date: mail.date ?? null,
    message,
    notes: trimLines(parts.notes),
    diff: parts.diff,
  };
};

const parseHead = async (head: string): Promise<Email> => PostalMime.parse(`${telling(head)}\n`);

const requirePlain = (file: string, mail: Email): void => {
  const encoding = mail.headers.find(({ key }) => key === 'content-transfer-encoding')?.value.toLowerCase();
  if (encoding && !['7bit', '8bit'].includes(encoding.trim())) throw problem('patch-encoded', file, encoding);
};

const mailbox = ({ from }: Email): Person | null => (from?.address ? person(from.name, from.address) : null);

// What an encoded word hides: with a line end in it, a name would go on as another header of a mail,
// or as another command to git. As mailinfo (cleanup_space()) and ident.c (crud()) have it.
const person = (name: string, address: string): Person | null =>
  /[\s\p{Cc}<>]/u.test(address) ? null : { name: oneLine(name.replace(/[<>]/g, '')), address };

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

// git mailinfo takes these off the front of a subject (cleanup_subject() in mailinfo.c).
const bare = (subject: string): string => oneLine(oneLine(subject).replace(/^(?:\s|:|re:|\[[^\]]*\])+/i, ''));

// A "From:" that begins the body names the author when another one sends (git-format-patch(1)).
const inBody = (body: string): { author: Person | null; message: string } => {
  const [line = ''] = body.split('\n', 1);
  const open = line.indexOf('<');
  const address = line.slice(open + 1, -1);
  if (!line.startsWith('From:') || open === -1 || !line.endsWith('>') || !/^[^<>]+$/.test(address))
    return { author: null, message: body };
  const name = line.slice('From:'.length, open).trim();
  return {
    author: person(name.replace(/^"(.*)"$/, '$1'), address),
    message: trimLines(body.slice(line.length)),
  };
};
