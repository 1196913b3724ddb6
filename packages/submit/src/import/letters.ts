// SPDX-License-Identifier: MIT
import type { Mail } from '../mail/mail-index.js';
import { type PickedMail, pickMails } from '../mail/pick.js';
import { mailsOf, type Posting } from '../thread/posting.js';
import { type Letter, readLetter } from './letter.js';

/** Gives a mail of the index with its text and its bytes. */
export type Picker = (mail: Mail) => PickedMail;

/** Reads the mails of some postings of a mailbox. */
export const picker = async (mailbox: string, postings: readonly Posting[]): Promise<Picker> => {
  const places = new Set(postings.flatMap(mailsOf).map(({ at }) => at));
  const picked = await pickMails(mailbox, places);
  return ({ at }) => picked.get(at) as PickedMail;
};

/**
 * The patches of a posting, in the order of their numbers.
 *
 * @throws {UserError} what {@link readLetter} throws
 */
export const readLetters = ({ patches, total }: Posting, take: Picker): Letter[] =>
  [...patches]
    .sort(([a], [b]) => a - b)
    .map(([number, mail]) => readLetter(`[PATCH ${number}/${total}]`, take(mail)));
