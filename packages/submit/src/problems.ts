// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';

// What mail, and what is to be made of it, can be told: one row for each cause.
const PROBLEMS = {
  'mailbox-no-patches': [
    'has no patches',
    'get the whole thread: an archive such as lore.kernel.org gives it as t.mbox.gz',
  ],
  'mailbox-ambiguous': ['has more than one series', 'name a mail of the one you mean: --message ID'],
  'mailbox-no-message': ['has no patch with that Message-Id', 'look for it with: grep -i ^message-id FILE'],
  'mailbox-no-revision': ['does not have that revision', 'choose one that is there'],
  'mailbox-incomplete': [
    'lacks a part of the series',
    'get the whole thread, choose a revision that is whole with --revision N, or take what there is with --partial',
  ],
  'mail-charset': [
    'has a patch that is not in UTF-8, and would not be the same when decoded',
    'ask its author to send it as UTF-8, or make the patch with git am and git format-patch',
  ],
  'mail-bundle': [
    'has several patches in one mail',
    'save the attachments, put them into one file, each as it is, and import that',
  ],
  'mail-damaged': [
    'has a patch that was damaged on its way',
    'get the mail as it was sent: from an archive, or from its author as an attachment',
  ],
  'mail-wrapped': [
    'has a patch with lines that a mail program broke in two',
    'ask its author for it as git send-email sends it, or as an attachment',
  ],
  'series-exists': ['is there already', 'choose another name for the import with --name'],
  'bad-name': ['is no name for a series', 'use lower case letters, digits, _ and -, at most 64'],
} as const satisfies Record<string, readonly [what: string, next: string]>;

/** A cause for which mail is refused. */
export type Problem = keyof typeof PROBLEMS;

/** The error for a cause: what is wrong, why, and what to do. */
export const problem = (code: Problem, subject: string, why?: string): UserError => {
  const [what, next] = PROBLEMS[code];
  return new UserError({ code, message: `${subject} ${what}`, why, next });
};
