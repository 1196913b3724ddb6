// SPDX-License-Identifier: MIT
import { entryFor, parseChangelog } from '@uio-msi/series';
import { nameOf, notesOf, patchMails } from '../revision.js';
import { type Breach, defineRule } from '../rule.js';

// A heading with nothing below it, or an empty bullet, says nothing; the next heading is not of it.
const says = (entry: string): boolean => /[\p{L}\p{N}]/u.test(entry.split(/^#+ /m)[0] ?? '');

// "(no changes since v1)" is all that there is to say, and some say it without a heading.
const tells = (text: string, number: number): boolean =>
  says(entryFor(parseChangelog(text), number)) || text.includes(`(no changes since v${number - 1})`);

const ANY = /^(?:changes? (?:since|in|from) v?\d|v\d+ ?(?:-+>|=+>|→) ?v\d+)/im;

export const changelog = defineRule({
  name: 'changelog',
  title: 'from v2 on, the cover letter or the patches say what has changed, below the --- line',
  source: { file: 'Documentation/process/submitting-patches.rst', section: 'Commentary' },
  next: 'add "## Changes since vN" to cover.md, or notes below --- to each patch',
  // Not the cover letter: renderCover() gives it a section for what each patch says, were it nothing.
  needs: ['cover'],
  check: (revision, { cover }): Breach[] => {
    const { number } = revision;
    const mails = patchMails(revision);
    const above = mails
      .filter(({ patch }) => ANY.test(patch.message))
      .map((mail) => ({ where: nameOf(mail), what: 'its changelog is part of the commit message' }));
    if (number === 1 || tells(cover, number)) return above;
    const missing = mails
      .filter((mail) => !tells(notesOf(mail), number))
      .map((mail) => ({
        where: nameOf(mail),
        what: `neither it nor the cover letter says what has changed since v${number - 1}`,
      }));
    return [...above, ...missing];
  },
});
