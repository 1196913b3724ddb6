// SPDX-License-Identifier: MIT
import { type Person, takeApart } from '@uio-msi/series';
import { parseStamp, type Stamp } from '../mail/date.js';
import { clean } from '../mail/parse.js';
import type { PickedMail } from '../mail/pick.js';
import { parseSubject } from '../mail/subject.js';
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
  // The function wants a file of git format-patch; which headers it has does not matter here.
  const parts = takeApart(`Subject: x\n\n${mail.text}`);
  const body = inBody(parts.message);
  const author = body.from ?? mail.from;
  if (!author) throw problem('mail-damaged', name, 'it has no From: with an address');
  const diff = pureDiff(name, parts.diff + parts.tail);
  if (diff === '') throw problem('mail-damaged', name, 'it has no line that begins with "diff --git"');
  const all = `${body.message}${parts.notes}${parts.stat}${diff}`;
  if (DAMAGE.test(all)) throw problem('mail-damaged', name, 'it has bytes that are no text in UTF-8');
  if (mail.foreign && BEYOND_ASCII.test(diff)) throw problem('mail-charset', name);
  const written = stripSpace(body.message);
  const said = body.subject ?? mail.subject.bare;
  // Without a subject, git am takes the first paragraph for one.
  const [first = '', ...others] = written.split('\n\n');
  const subject = oneLine(said || first);
  if (subject === '') throw problem('mail-damaged', name, 'it has neither a subject nor a message');
  return {
    author,
    date: body.date ?? mail.date,
    subject,
    message: said ? written : others.join('\n\n'),
    notes: parts.notes,
    stat: parts.stat.trimEnd(),
    diff,
  };
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A text as git stripspace leaves it: no white space at ends, no two empty lines together. */
export const stripSpace = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');

interface InBody {
  from: Person | null;
  subject: string | null;
  date: Stamp | null;
  message: string;
}

const FIELD = /^(From|Subject|Date):[ \t]*(.*)$/i;
const ADDRESS = /^(.*?)<([^<>\s]+)>\s*$/;

// git mailinfo (check_header() with is_inbody_header()): such lines before any other are headers.
const inBody = (text: string): InBody => {
  const lines = text.split('\n');
  const found: InBody = { from: null, subject: null, date: null, message: '' };
  let at = lines.findIndex((line) => line.trim() !== '');
  for (; at >= 0 && at < lines.length; at += 1) {
    const [, key, value = ''] = FIELD.exec(lines[at] ?? '') ?? [];
    if (!key || !takeField(found, key.toLowerCase(), value)) break;
  }
  found.message = at < 0 ? '' : lines.slice(at).join('\n');
  return found;
};

const takeField = (found: InBody, key: string, value: string): boolean => {
  const [, name = '', address] = ADDRESS.exec(value) ?? [];
  if (key === 'from' && address && !found.from)
    found.from = { name: clean(name.replace(/^\s*"(.*)"\s*$/, '$1')), address: clean(address) };
  else if (key === 'subject' && found.subject === null) found.subject = parseSubject(value).bare;
  else if (key === 'date' && !found.date && parseStamp(value)) found.date = parseStamp(value);
  else return false;
  return true;
};
