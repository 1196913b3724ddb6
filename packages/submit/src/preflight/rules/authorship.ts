// SPDX-License-Identifier: MIT
import type { Patch, Person } from '@uio-msi/series';
import { counterparts, missingEarlier } from '../earlier.js';
import { formatPerson, isCoDeveloper, isSignOff, parsePerson, samePerson } from '../people.js';
import { nameOf, patchMails } from '../revision.js';
import { defineRule } from '../rule.js';

const signersOf = ({ trailers }: Patch): Person[] =>
  trailers.filter(isSignOff).map(({ value }) => parsePerson(value));

const author = (patch: Patch): string[] => {
  const own = signersOf(patch).find((signer) => samePerson(signer, patch.author));
  const who = formatPerson(patch.author);
  if (own === undefined) return [`${who} wrote it and has not signed it off`];
  return own.name === patch.author.name ? [] : [`${who} wrote it and signs as ${own.name || 'nobody'}`];
};

const coDevelopers = ({ trailers, author: writer }: Patch): string[] =>
  trailers.flatMap((trailer, at) => {
    if (!isCoDeveloper(trailer)) return [];
    const person = parsePerson(trailer.value);
    const next = trailers[at + 1];
    return [
      ...(samePerson(person, writer) ? [`${formatPerson(person)} is both author and co-developer`] : []),
      ...(next && isSignOff(next) && samePerson(parsePerson(next.value), person)
        ? []
        : [`Co-developed-by ${formatPerson(person)} is not followed by that person's Signed-off-by`]),
    ];
  });

// modifying-patches.rst: "under no circumstances can you change the author's identity", and who
// changes somebody's patch says so in brackets.
const others = (patch: Patch, sender: Person, before: Patch | undefined): string[] => {
  if (before === undefined) return [];
  const told = /^\[[^\]:\n]+:[^\]]{1,2000}\]$/m.test(patch.message);
  if (!samePerson(before.author, patch.author))
    return [`${formatPerson(before.author)} wrote it when it was posted before`];
  const changed = before.diff.trimEnd() !== patch.diff.trimEnd();
  if (!changed || told || samePerson(patch.author, sender)) return [];
  return [
    `it is no longer what ${formatPerson(patch.author)} posted, and nothing in brackets says who changed what`,
  ];
};

export const authorship = defineRule({
  name: 'authorship',
  title: 'authors and co-developers are who they were, and each has signed off',
  source: {
    file: 'Documentation/process/submitting-patches.rst',
    section: 'When to use Acked-by:, Cc:, and Co-developed-by:',
  },
  next: 'ask them for their sign-off; say in "[name: what changed]" before yours what you changed (Documentation/maintainer/modifying-patches.rst)',
  needs: ['earlier'],
  check: (revision, { earlier }) => {
    const mails = patchMails(revision);
    const patches = mails.map(({ patch }) => patch);
    const old = earlier.map((one) => counterparts(one.patches, patches));
    const faulty = mails.flatMap((mail) => {
      const { patch } = mail;
      const before = old.map((one) => one.get(patch)).findLast((one) => one !== undefined);
      const faults = [...author(patch), ...coDevelopers(patch), ...others(patch, revision.sender, before)];
      return faults.map((what) => ({ where: nameOf(mail), what }));
    });
    return [...faulty, ...missingEarlier(revision, earlier)];
  },
});
