// SPDX-License-Identifier: MIT
import { type Person, touchedPaths } from '@uio-msi/series';
import type { Message, Revision } from '../../message/message.js';
import type { Recipient } from '../facts.js';
import { formatPerson, parsePerson, samePerson } from '../people.js';
import { isUapi, nameOf, type PatchMail, patchMails } from '../revision.js';
import { type Breach, defineRule } from '../rule.js';

const API: Recipient = {
  name: '',
  address: 'linux-api@vger.kernel.org',
  role: 'list for changes of include/uapi',
};

// "typically you should do your best to -avoid- sending him e-mail"
const AVOIDED = 'torvalds@linux-foundation.org';

export const recipients = defineRule({
  name: 'recipients',
  title:
    'every patch goes to those whom get_maintainer.pl names, to those in its Cc: lines, and to linux-api for uapi',
  source: {
    file: 'Documentation/process/submitting-patches.rst',
    section: 'Select the recipients for your patch',
  },
  next: 'list them in series.yaml, under to: and cc:, or give --to and --cc',
  listAll: true,
  needs: ['maintainers'],
  check: (revision, { maintainers }) => {
    const cover = revision.messages.filter(({ patch }) => patch === null);
    const wanted = patchMails(revision).flatMap((mail) =>
      wantedFor(mail, maintainers.get(mail.patch.file) ?? [])
        .filter((who) => !samePerson(who, revision.sender))
        .flatMap((who) => [mail, ...cover].filter((one) => !gets(one, who)).map((one) => ({ who, one }))),
    );
    const missing = [...new Map(wanted.map(({ who }) => [who.address.toLowerCase(), who])).values()].map(
      (who): Breach => {
        const lacks = new Set(wanted.filter((one) => samePerson(one.who, who)).map(({ one }) => nameOf(one)));
        return { where: who.address, what: `${formatPerson(who)} (${who.role}) ${lackOf(lacks, revision)}` };
      },
    );
    const avoided = revision.messages.some((mail) => gets(mail, { name: '', address: AVOIDED }));
    return avoided
      ? [...missing, { where: AVOIDED, what: 'he takes few patches directly', next: 'leave him out' }]
      : missing;
  },
});

// Eight names of files tell nobody more than their number.
const lackOf = (lacks: ReadonlySet<string>, { messages }: Revision): string => {
  if (lacks.size === messages.length) return 'gets none of the mails';
  return lacks.size <= 2
    ? `does not get ${[...lacks].join(', ')}`
    : `does not get ${lacks.size} of the ${messages.length} mails`;
};

const gets = ({ to, cc }: Message, who: Person): boolean =>
  [...to, ...cc].some((one) => samePerson(one, who));

// "Cc: stable@vger.kernel.org" is "NOT an email recipient".
const isStable = ({ address }: Person): boolean => /^stable@(?:vger\.)?kernel\.org$/i.test(address);

const wantedFor = ({ patch }: PatchMail, named: readonly Recipient[]): Recipient[] => [
  ...named,
  ...(touchedPaths(patch).some(isUapi) ? [API] : []),
  ...patch.trailers
    .filter(({ key }) => /^cc$/i.test(key))
    .map(({ value }) => ({ ...parsePerson(value), role: 'in a Cc: line' }))
    .filter((who) => !isStable(who)),
];
