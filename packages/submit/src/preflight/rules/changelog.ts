// SPDX-License-Identifier: MIT
import { entryFor, parseChangelog } from '@uio-msi/series';
import { coverOf, nameOf, notesOf, patchMails } from '../revision.js';
import { type Breach, defineRule } from '../rule.js';

// "(no changes since v1)" is all that there is to say, and some say it without a heading.
const tells = (text: string, number: number): boolean =>
  entryFor(parseChangelog(text), number).trim() !== '' || text.includes(`(no changes since v${number - 1})`);

const ANY = /^(?:changes? (?:since|in|from) v?\d|v\d+ ?(?:-+>|=+>|→) ?v\d+)/im;

export const changelog = defineRule({
  name: 'changelog',
  title: 'from v2 on, the cover letter or the patches say what has changed, below the --- line',
  source: { file: 'Documentation/process/submitting-patches.rst', section: 'Commentary' },
  next: 'add "## Changes since vN" to cover.md, or notes below --- to each patch',
  needs: [],
  check: (revision): Breach[] => {
    const { number } = revision;
    const mails = patchMails(revision);
    const above = mails
      .filter(({ patch }) => ANY.test(patch.message))
      .map((mail) => ({ where: nameOf(mail), what: 'its changelog is part of the commit message' }));
    if (number === 1 || tells(coverOf(revision)?.body ?? '', number)) return above;
    const missing = mails
      .filter((mail) => !tells(notesOf(mail), number))
      .map((mail) => ({
        where: nameOf(mail),
        what: `neither it nor the cover letter says what has changed since v${number - 1}`,
      }));
    return [...above, ...missing];
  },
});
