// SPDX-License-Identifier: MIT
import { type Mail as DecodedMail, parseMail, readMailbox, splitMailbox } from '@uio-msi/series';

/** What is kept of each mail of a mailbox: all but its text. */
export interface Mail extends Omit<DecodedMail, 'text'> {
  /** It has a patch. */
  readonly diff: boolean;
  /** The series it says to belong to, as b4 writes it. */
  readonly changeId: string | null;
}

/** A mailbox, read once. */
export interface MailIndex {
  readonly mails: readonly Mail[];
  /** How many could not be made out. */
  readonly unreadable: number;
}

const CHANGE_ID = /^change-id: *([\w.-]{1,200})\s*$/m;
const GIT_DIFF = /^diff --git /m;
const HUNK = /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/m;

/**
 * Reads what a mailbox has, keeping no text.
 *
 * @throws {UserError} `mailbox-unreadable`, `mailbox-too-big`
 */
export const indexMailbox = async (path: string): Promise<MailIndex> => {
  const mails: Mail[] = [];
  let unreadable = 0;
  for await (const raw of splitMailbox(readMailbox(path))) {
    const mail = await parseMail(raw);
    if (!mail) {
      unreadable += 1;
      continue;
    }
    const { text, ...rest } = mail;
    const diff = GIT_DIFF.test(text) || rest.attached > 0 || (rest.subject.patch && HUNK.test(text));
    mails.push({ ...rest, diff, changeId: CHANGE_ID.exec(text)?.[1] ?? null });
  }
  return { mails, unreadable };
};
