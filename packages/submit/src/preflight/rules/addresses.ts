// SPDX-License-Identifier: MIT
import type { Person } from '@uio-msi/series';
import { faultsOf } from '../address.js';
import { formatPerson, namesPerson, parsePerson } from '../people.js';
import { nameOf } from '../revision.js';
import { type Breach, defineRule } from '../rule.js';

export const addresses = defineRule({
  name: 'addresses',
  title: 'every address is whole, real and in plain ASCII, and every name a name',
  source: {
    file: 'Documentation/process/submitting-patches.rst',
    section: "Sign your work - the Developer's Certificate of Origin",
  },
  next: 'write the address that the person answers mail at: git config user.email, git commit --amend --author',
  needs: [],
  check: ({ sender, messages }) => {
    const breaches = (where: string, what: string, person: Person): Breach[] =>
      faultsOf(person).map((fault) => ({ where, what: `${what} ${shown(person)} ${fault}` }));
    return [
      ...breaches('sender', 'sender', sender),
      ...unique(messages.flatMap(({ to, cc }) => [...to, ...cc])).flatMap((person) =>
        // A list is an address without a name.
        breaches(shown(person), 'recipient', { ...person, name: person.name || person.address }),
      ),
      ...messages.flatMap((mail) => {
        const { patch } = mail;
        if (patch === null) return [];
        const where = nameOf(mail);
        const named = patch.trailers.filter(namesPerson).flatMap(({ key, value }) => {
          const person = parsePerson(value);
          // Cc: stable@vger.kernel.org, and lists.
          const name = person.name || (/^cc$/i.test(key) ? person.address : '');
          return breaches(where, key, { ...person, name });
        });
        return [...breaches(where, 'author', patch.author), ...named];
      }),
    ];
  },
});

const unique = (people: readonly Person[]): Person[] => [
  ...new Map(people.map((person) => [person.address, person])).values(),
];

const shown = (person: Person): string => formatPerson(person) || 'nobody';
