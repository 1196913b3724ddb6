// SPDX-License-Identifier: MIT
import { type Person, type Stamp, takeMail } from '@uio-msi/series';
import type { PickedMail } from '../mail/pick.js';
import { problem } from '../problems.js';
import { pureDiff } from './diff.js';

/** What git am would make a commit of. */
export interface Letter {
  readonly author: Person;
  readonly date: Stamp | null;
  readonly subject: string;
  /** Below the subject, as git stripspace leaves it. */
  readonly message: string;
  /** Notes for reviewers. */
  readonly notes: string;
  readonly stat: string;
  readonly diff: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const DAMAGE = /[\u0000\ufffd]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII
const BEYOND_ASCII = /[^\u0000-\u007f]/;

/**
 * Takes the patch in a mail apart, as git mailinfo does: headers that begin the body count for more
 * than those of the mail, the message ends at `---`.
 *
 * @param name how messages call the mail: `[PATCH 3/8]`
 * @throws {UserError} `mail-damaged`, `mail-wrapped`, `mail-charset`: the patch is not what was sent,
 *   or cannot be proven to be
 */
export const readLetter = (name: string, mail: PickedMail): Letter => {
  if (mail.cut) throw problem('mail-damaged', name, 'it is too long for a patch');
  if (mail.attached > 1) throw problem('mail-bundle', name, `${mail.attached} are attached to it`);
  const parts = takeMail(mail);
  const author = parts.from ?? mail.from;
  if (!author) throw problem('mail-damaged', name, 'it has no From: with an address');
  const diff = pureDiff(name, parts.diff + parts.tail);
  if (diff === '') throw problem('mail-damaged', name, 'it has no line that begins with "diff --git"');
  const all = `${parts.message}${parts.notes}${parts.stat}${diff}`;
  if (DAMAGE.test(all)) throw problem('mail-damaged', name, 'it has bytes that are no text in UTF-8');
  if (mail.foreign && BEYOND_ASCII.test(diff)) throw problem('mail-charset', name);
  const written = stripSpace(parts.message);
  const said = parts.subject ?? mail.subject.bare;
  // Without a subject, git am takes the first paragraph for one.
  const [first = '', ...others] = written.split('\n\n');
  const subject = oneLine(said || first);
  if (subject === '') throw problem('mail-damaged', name, 'it has neither a subject nor a message');
  return {
    author,
    date: parts.date ?? mail.date,
    subject,
    message: said ? written : others.join('\n\n'),
    notes: parts.notes,
    stat: parts.stat.trimEnd(),
    diff,
  };
};

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** A text as git stripspace leaves it: no white space at ends, no two empty lines together. */
export const stripSpace = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
