// SPDX-License-Identifier: MIT
import type { PickedMail } from '../mail/pick.js';

// public-inbox's: it only separates, and says that ">From " stands for "From " (mboxrd).
const MARK = 'From mboxrd@z Thu Jan  1 00:00:00 1970\n';

/**
 * Mails as a posted revision is kept: an mboxrd, each as it was mailed. Lines end with LF.
 *
 * @param mails their bytes; those of a mailbox have their "From " lines stuffed already
 * @returns null when one of them is not UTF-8: a text file cannot keep it as it was
 */
export const mailboxOf = (mails: readonly Pick<PickedMail, 'bytes' | 'marked'>[]): string | null => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return mails
      .map(({ bytes, marked }) => {
        const text = decoder.decode(bytes).replaceAll('\r\n', '\n');
        const stuffed = marked ? text : text.replace(/^(?=>*From )/gm, '>');
        return `${MARK}${stuffed.trimEnd()}\n\n`;
      })
      .join('');
  } catch {
    return null;
  }
};
