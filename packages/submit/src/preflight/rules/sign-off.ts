// SPDX-License-Identifier: MIT
import type { Patch, Person } from '@uio-msi/series';
import { counterparts, missingEarlier } from '../earlier.js';
import { formatPerson, isCoDeveloper, isSignOff, parsePerson, samePerson } from '../people.js';
import { nameOf, patchMails } from '../revision.js';
import { type Breach, defineRule } from '../rule.js';

const DCO = "read the Developer's Certificate of Origin; if you can certify it, add your own Signed-off-by";

export const signOff = defineRule({
  name: 'sign-off',
  title: "the sender's own sign-off is the last, and nobody else's was added",
  source: {
    file: 'Documentation/process/submitting-patches.rst',
    section: "Sign your work - the Developer's Certificate of Origin",
  },
  next: DCO,
  needs: ['earlier'],
  check: (revision, { earlier }) => {
    const { sender } = revision;
    const mails = patchMails(revision);
    const patches = mails.map(({ patch }) => patch);
    const before = earlier.map((one) => counterparts(one.patches, patches));
    const faulty = mails.flatMap((mail): Breach[] => {
      const where = nameOf(mail);
      const signers = signersOf(mail.patch);
      const last = signers.at(-1);
      if (last === undefined) return [{ where, what: 'nobody has signed it off' }];
      const signedBefore = before.flatMap((one) => signersOf(one.get(mail.patch)));
      const may = [sender, mail.patch.author, ...coDevelopers(mail.patch), ...signedBefore];
      const others = signers
        .filter((signer) => !may.some((one) => samePerson(one, signer)))
        .map((signer) => ({
          where,
          what: `${formatPerson(signer)} signs it off, and is not its author, a co-developer or its sender`,
          next: 'take it out: nobody can sign for somebody else. If they did hand it on, say so in a waiver',
        }));
      if (samePerson(last, sender)) return others;
      const what = `the last sign-off is that of ${formatPerson(last)}, and ${formatPerson(sender)} sends it`;
      return [...others, { where, what }];
    });
    return [...faulty, ...missingEarlier(revision, earlier)];
  },
});

const signersOf = (patch: Patch | undefined): Person[] =>
  (patch?.trailers ?? []).filter(isSignOff).map(({ value }) => parsePerson(value));

const coDevelopers = ({ trailers }: Patch): Person[] =>
  trailers.filter(isCoDeveloper).map(({ value }) => parsePerson(value));
