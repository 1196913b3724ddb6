// SPDX-License-Identifier: MIT
import type { Trailer } from '@uio-msi/series';
import { counterparts, revisionBefore } from '../earlier.js';
import { formatPerson, parsePerson, samePerson } from '../people.js';
import { coverOf, nameOf, notesOf, patchMails } from '../revision.js';
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
  needs: ['earlier'],
  skip: ({ number }) => (number === 1 ? 'it is the first version' : null),
  check: (revision, { earlier }) => {
    const before = revisionBefore(earlier, revision.number);
    const cover = coverOf(revision)?.body ?? '';
    const mails = patchMails(revision);
    const old = counterparts(
      before?.patches ?? [],
      mails.map(({ patch }) => patch),
    );
    return mails.flatMap((mail) => {
      const { trailers } = mail.patch;
      const told = `${notesOf(mail)}\n${cover}`.toLowerCase();
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
        .filter(
          ({ person }) =>
            ![person.name, person.address].some((name) => name && told.includes(name.toLowerCase())),
        )
        .map(({ key, person }) => ({
          where: nameOf(mail),
          what: `${key} of ${formatPerson(person)} is gone, and no changelog says why`,
        }));
    });
  },
});
