// SPDX-License-Identifier: MIT
import { splitMailbox } from '../mail/mbox.js';
import { type Mail, parseMail } from '../mail/parse.js';
import { takeMail } from '../mail/take-mail.js';
import { problem } from '../problems.js';
import { trimLines } from './parts.js';
import { type Patch, toPatch } from './patch.js';

/** A mail of a mailbox that has a patch. */
export interface MailedPatch {
  /** 1 when its subject names none. */
  readonly revision: number;
  /** Null when the mail is not numbered. */
  readonly number: number | null;
  readonly total: number | null;
  readonly patch: Patch;
}

/**
 * The patches of a posted revision, or of any mailbox that is about one series. Cover letters and
 * replies are left out; the rest is in the order of its numbers. Of a mailbox with several revisions,
 * those of the newest.
 *
 * @param file how messages name it
 * @throws {UserError} `mailbox-empty` when no mail has a patch, `patch-header`, `patch-malformed`…
 */
export const parseMailbox = async (file: string, text: string): Promise<MailedPatch[]> => {
  const found: MailedPatch[] = [];
  for await (const raw of splitMailbox([Buffer.from(text)])) {
    const mail = await parseMail(raw);
    const patch = mail && !mail.subject.reply ? mailedPatch(`${file}#${raw.at + 1}`, mail) : null;
    if (patch) found.push(patch);
  }
  if (found.length === 0) throw problem('mailbox-empty', file);
  const newest = Math.max(...found.map(({ revision }) => revision));
  return found
    .filter(({ revision }) => revision === newest)
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
};

const mailedPatch = (file: string, mail: Mail): MailedPatch | null => {
  const { diff, notes, ...said } = takeMail(mail);
  if (diff === '') return null;
  const author = said.from ?? mail.from;
  const subject = said.subject ?? mail.subject.bare;
  const date = said.date ?? mail.date;
  if (!author) throw problem('patch-header', file, 'there is no From: with an address');
  if (subject === '') throw problem('patch-header', file, 'there is no Subject:');
  const { version: revision, number, total } = mail.subject;
  const letter = {
    author,
    subject,
    date: date && new Date(date.seconds * 1000).toISOString(),
    message: trimLines(said.message),
    notes: trimLines(notes),
    diff,
  };
  return { revision, number, total, patch: toPatch(file, letter, mail.text) };
};
