// SPDX-License-Identifier: MIT
import type { Patch } from '@uio-msi/series';
import { nameOf, patchMails } from '../revision.js';
import { type Breach, defineRule } from '../rule.js';

// "Wait for a minimum of one week before resubmitting"
const DAYS = 7;
const DAY_MS = 86_400_000;

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
  needs: ['earlier', 'now'],
  check: (revision, { earlier, now }): Breach[] => {
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
      if (before && same(before, mail.patch)) return [];
      return [{ where: nameOf(mail), what: before ? 'it has changed' : `it was not in v${number}` }];
    });
    const gone = posted.patches
      .filter(({ subject }) => !mails.some(({ patch }) => patch.subject === subject))
      .map(({ subject }) => ({ where: 'series', what: `"${subject}" was posted and is gone` }));
    return [...changed, ...gone, ...tooEarly(posted.sent, now)];
  },
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
