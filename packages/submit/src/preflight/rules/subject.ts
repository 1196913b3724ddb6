// SPDX-License-Identifier: MIT
import { NOT_IMPERATIVE } from '../imperative.js';
import { nameOf, patchMails } from '../revision.js';
import { defineRule } from '../rule.js';
import { areasOf } from '../subject.js';

// "the summary must be no more than 70-75 characters"
const LONGEST = 75;

const FILE_NAME = /^\S+\.(?:c|h|S|rst|txt|dts|dtsi|yaml|sh|py|rs)$/;

/** Rows of what can be wrong with a subject: what is said, and when. */
const FAULTS: readonly (readonly [what: string, isSo: (subject: string, phrase: string) => boolean])[] = [
  [`is longer than ${LONGEST} columns`, (subject) => [...subject].length > LONGEST],
  ['ends with a dot', (subject) => /(?<!\.\.)\.$/.test(subject)],
  [
    'names no subsystem: it should read "area: what is done"',
    (subject) => areasOf(subject).areas.length === 0,
  ],
  ['has nothing behind the subsystem', (_, phrase) => phrase === ''],
  ['is the name of a file', (_, phrase) => FILE_NAME.test(phrase)],
  ['is no imperative', (_, phrase) => NOT_IMPERATIVE.test(phrase)],
];

export const subject = defineRule({
  name: 'subject',
  title: `subjects are imperative, at most ${LONGEST} columns, without a dot, and each another one`,
  source: { file: 'Documentation/process/submitting-patches.rst', section: 'Subject Line' },
  next: 'write what the patch tells the code to do: "uio: add an ioctl operation"',
  needs: [],
  check: (revision) => {
    const mails = patchMails(revision);
    const phrases = mails.map(({ patch }) => areasOf(patch.subject).phrase);
    return mails.flatMap((mail, at) => {
      const { subject: text } = mail.patch;
      const phrase = phrases[at] ?? '';
      const breach = (what: string) => ({ where: nameOf(mail), what: `"${text}" ${what}` });
      const faults = FAULTS.filter(([, isSo]) => isSo(text, phrase)).map(([what]) => breach(what));
      return phrases.indexOf(phrase) < at ? [...faults, breach('says the same as another patch')] : faults;
    });
  },
});
