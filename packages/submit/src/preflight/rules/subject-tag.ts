// SPDX-License-Identifier: MIT
import type { Message, Revision } from '../../message/message.js';
import { nameOf, patchMails } from '../revision.js';
import { type Breach, defineRule } from '../rule.js';

const BRACKETS = /^\[(?<tags>[^\]]*)\]/;

const faults = (mail: Message, { number, resend, messages }: Revision, count: number): string[] => {
  const tags = BRACKETS.exec(mail.subject)?.groups?.['tags']?.split(/\s+/) ?? [];
  const place = tags.find((tag) => /^\d+\/\d+$/.test(tag));
  const several = messages.length > 1;
  return [
    ...(tags.includes('PATCH') ? [] : ['lacks PATCH in brackets']),
    ...(number > 1 && !tags.includes(`v${number}`) ? [`lacks v${number} in its brackets`] : []),
    ...(number === 1 && tags.some((tag) => /^v\d+$/.test(tag)) && !tags.includes('v1')
      ? ['names another version than 1']
      : []),
    ...(several && place === undefined ? ['lacks its number in its brackets'] : []),
    ...(place !== undefined && place.split('/').map(Number).join('/') !== `${mail.number}/${count}`
      ? [`says ${place} and is ${mail.number} of ${count}`]
      : []),
    ...(tags.includes('RESEND') === resend ? [] : [resend ? 'lacks RESEND' : 'says RESEND and is none']),
  ];
};

export const subjectTag = defineRule({
  name: 'subject-tag',
  title: 'brackets in subjects say PATCH, the version from v2 on, and which patch of how many',
  source: { file: 'Documentation/process/submitting-patches.rst', section: 'Include PATCH in the subject' },
  next: 'let this command write the mails: their brackets come from series.yaml',
  needs: [],
  check: (revision) => {
    const count = patchMails(revision).length;
    return revision.messages.flatMap((mail): Breach[] =>
      faults(mail, revision, count).map((what) => ({
        where: nameOf(mail),
        what: `"${mail.subject}" ${what}`,
      })),
    );
  },
});
