// SPDX-License-Identifier: MIT
import type { Patch } from '@uio-msi/series';
import type { Revision } from '../../message/message.js';
import type { EarlierRevision } from '../facts.js';
import { coverOf, nameOf, notesOf, patchMails } from '../revision.js';
import { type Breach, defineRule } from '../rule.js';

// "Wait for a minimum of one week before resubmitting"
const DAYS = 7;
const DAY_MS = 86_400_000;

const plain = (text: string): string => text.replace(/[ \t]+$/gm, '').trim();

// Its words: what follows is written anew each time, from the shortlog on.
const wordsOf = (cover: string): string => plain(cover.split(/^\S.* \(\d+\):$/m)[0] ?? '');

const same = (a: Patch, b: Patch): boolean =>
  a.message === b.message && a.diff.trimEnd() === b.diff.trimEnd() && a.author.address === b.author.address;

export const resend = defineRule({
  name: 'resend',
  title: `a version is posted once, or again with RESEND, unchanged and after ${DAYS} days`,
  source: {
    file: 'Documentation/process/submitting-patches.rst',
    section: "Don't get discouraged - or impatient",
  },
  next: 'wait, or post what has changed as the next version',
  needs: ['earlier', 'now', 'resent'],
  check: (revision, { earlier, now, resent }): Breach[] => {
    const { number } = revision;
    const posted = earlier.find((one) => one.number === number);
    if (!revision.resend) {
      return posted ? [{ where: 'series', what: `v${number} was posted already` }] : [];
    }
    if (posted === undefined) {
      const what = `v${number}, which is to be sent again, is not in the archive`;
      return [{ where: 'series', what, next: `import it: series import v${number}.mbox`, verdict: 'MISS' }];
    }
    const mails = patchMails(revision);
    const changed = mails.flatMap((mail) => {
      const before = posted.patches.find(({ subject }) => subject === mail.patch.subject);
      if (before && same(before, mail.patch)) {
        if (plain(before.notes) === plain(notesOf(mail))) return [];
        return [{ where: nameOf(mail), what: 'what is below its --- has changed' }];
      }
      return [{ where: nameOf(mail), what: before ? 'it has changed' : `it was not in v${number}` }];
    });
    const gone = posted.patches
      .filter(({ subject }) => !mails.some(({ patch }) => patch.subject === subject))
      .map(({ subject }) => ({ where: 'series', what: `"${subject}" was posted and is gone` }));
    const cover = coverOf(revision)?.body ?? null;
    const reworded =
      wordsOf(cover ?? '') === wordsOf(posted.cover ?? '')
        ? []
        : [{ where: 'cover letter', what: 'it has changed' }];
    const wait = resent === null ? tooEarly(posted.sent, now) : [sentAgain(number, resent)];
    return [...changed, ...gone, ...reworded, ...leftOut(revision, posted), ...wait];
  },
});

// Who was forgotten may get it now; who had it has to get it again.
const leftOut = ({ messages, sender }: Revision, { number, recipients }: EarlierRevision): Breach[] => {
  const now = messages.flatMap(({ to, cc }) => [...to, ...cc, sender]);
  const all = new Set(now.map(({ address }) => address.toLowerCase()));
  return recipients
    .filter((address) => !all.has(address))
    .map((address) => ({ where: address, what: `v${number} went there, and this does not` }));
};

// What nobody answered twice is not heard better for a third time.
const sentAgain = (number: number, resent: string): Breach => ({
  where: 'series',
  what: `v${number} was sent again already, on ${resent}`,
  next: 'post the next version, on a newer kernel, and say in its cover letter what you wait for',
});

const tooEarly = (sent: string | null, now: Date): Breach[] => {
  const days = sent === null ? Number.NaN : (now.getTime() - Date.parse(sent)) / DAY_MS;
  if (days >= DAYS) return [];
  if (Number.isNaN(days))
    return [{ where: 'series', what: 'nothing says when it was posted', verdict: 'MISS' }];
  if (days < 0)
    return [{ where: 'series', what: `it was posted on ${sent}, which is yet to come: set the clock` }];
  return [{ where: 'series', what: `it was posted ${Math.floor(days)} days ago` }];
};
