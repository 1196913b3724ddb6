// SPDX-License-Identifier: MIT
import { basename } from 'node:path';
import { type Patch, toPatch } from '@uio-msi/series';
import { indexMailbox } from '../mail/mail-index.js';
import { chooseThread } from '../thread/choose.js';
import type { Letter } from './letter.js';
import { picker, readLetters } from './letters.js';

/**
 * The patches that importing a mailbox would give, for a look at them: of its newest revision that is
 * whole, or what there is of it.
 *
 * @throws {UserError} what choosing a thread and reading its mails throws
 */
export const mailedPatches = async (mailbox: string): Promise<readonly Patch[]> => {
  const file = basename(mailbox);
  const { mails } = await indexMailbox(mailbox);
  const { posting } = chooseThread(file, mails, { revision: null, message: null, partial: true });
  const letters = readLetters(posting, await picker(mailbox, [posting]));
  return letters.map((letter, at) => asPatch(`${file}#${at + 1}`, letter));
};

const asPatch = (file: string, letter: Letter): Patch => {
  const date = letter.date && new Date(letter.date.seconds * 1000).toISOString();
  return toPatch(file, { ...letter, date }, letter.diff);
};
