// SPDX-License-Identifier: MIT
import { entryFor, type Person, parseChangelog, type Trailer } from '@uio-msi/series';
import { counterparts, missingEarlier, revisionBefore } from '../earlier.js';
import { formatPerson, parsePerson, samePerson } from '../people.js';
import { nameOf, notesOf, patchMails } from '../revision.js';
import { defineRule } from '../rule.js';

const isGiven = ({ key }: Trailer): boolean => /^(?:acked|reviewed|tested)-by$/i.test(key);

export const droppedTrailers = defineRule({
  name: 'dropped-trailers',
  title: 'a Reviewed-by, Acked-by or Tested-by that is gone is mentioned in the changelog',
  source: {
    file: 'Documentation/process/submitting-patches.rst',
    section: 'Using Reported-by:, Tested-by:, Reviewed-by:, Suggested-by: and Fixes:',
  },
  next: 'say below --- whose it was and why it no longer holds, or put it back',
  needs: ['earlier', 'cover'],
  skip: ({ number }) => (number === 1 ? 'it is the first version' : null),
  check: (revision, { earlier, cover }) => {
    const before = revisionBefore(earlier, revision.number);
    const mails = patchMails(revision);
    const old = counterparts(
      before?.patches ?? [],
      mails.map(({ patch }) => patch),
    );
    const gone = mails.flatMap((mail) => {
      const { trailers } = mail.patch;
      const told = [notesOf(mail), cover].flatMap((text) => itemsOf(text, revision.number));
      const had = old.get(mail.patch)?.trailers.filter(isGiven) ?? [];
      return had
        .map(({ key, value }) => ({ key, person: parsePerson(value) }))
        .filter(
          ({ key, person }) =>
            !trailers.some(
              (one) =>
                one.key.toLowerCase() === key.toLowerCase() && samePerson(parsePerson(one.value), person),
            ),
        )
        .filter(({ key, person }) => !told.some((item) => mentions(item, key, person)))
        .map(({ key, person }) => ({
          where: nameOf(mail),
          what: `${key} of ${formatPerson(person)} is gone, and no changelog says why`,
        }));
    });
    return [...gone, ...missingEarlier(revision, earlier)];
  },
});

// Each item of what a changelog says of a revision.
const itemsOf = (text: string, number: number): string[] =>
  entryFor(parseChangelog(text), number).split(/\n(?=[ \t]*[-*])|\n[ \t]*\n/);

// "Reviewed-by", and the words that people use for it: "dropped the review of".
const mentions = (item: string, key: string, { name, address }: Person): boolean =>
  isWord(key.replace(/ed-by$/i, ''), '(?:s|ed)?(?:-by)?').test(item) &&
  [name, address].some((one) => one !== '' && isWord(one).test(item));

const isWord = (text: string, ending = ''): RegExp => {
  const exact = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  return new RegExp(`(?<![\\p{L}\\p{N}_.+-])${exact}${ending}(?![\\p{L}\\p{N}_]|[.-][\\p{L}\\p{N}])`, 'iu');
};
