// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { archivePosted, changeSeries, loadSeries } from '@uio-msi/series';
import { mailboxOf } from '../import/archive.js';
import { tagCommit } from './checkout.js';
import { type Journal, keep, type Posting, readContent } from './journal.js';

/** The tag of a posting: `sent/uio_msi/v2`. */
export const tagOf = ({ series, revision, resend }: Journal): string =>
  `sent/${series}/v${revision}${resend ? '-resend' : ''}`;

/**
 * What follows the last mail: the revision is archived as mailed, tagged, and the next one opened.
 * Every step can be done again.
 *
 * @throws {UserError} what writing to the series throws
 * @throws {EnvironmentError} `tag-failed`
 */
export const conclude = async (posting: Posting): Promise<void> => {
  const { journal } = posting;
  if (journal.reflect) return;
  if (!journal.archived) {
    // What is sent again was archived when it was sent first.
    if (!journal.resend) await archivePosted(journal.dir, journal.revision, await asMailed(posting));
    journal.archived = true;
    await keep(posting);
  }
  if (journal.commit !== null && journal.tag === null) {
    const tag = tagOf(journal);
    await tagCommit(journal.dir, tag, journal.commit, describe(journal));
    journal.tag = tag;
    await keep(posting);
  }
  if (!journal.opened) {
    await openNext(journal.dir, journal.revision);
    journal.opened = true;
    await keep(posting);
  }
};

const asMailed = async (posting: Posting): Promise<string> => {
  const texts = await Promise.all(posting.journal.mails.map((mail) => readContent(posting, mail)));
  // Our own mails are UTF-8.
  return mailboxOf(texts.map((text) => ({ bytes: Buffer.from(text), marked: false }))) as string;
};

const describe = ({ series, revision, mails }: Journal): string =>
  `${series} v${revision}, as it was sent\n\n${mails.map(({ subject, messageId }) => `${subject}\n  <${messageId}>`).join('\n')}\n`;

// Only when it is the one that was sent: somebody may have gone on already.
const openNext = async (dir: string, sent: number): Promise<void> => {
  if ((await loadSeries(dir)).revision !== `v${sent}`) return;
  const manifest = await readFile(join(dir, 'series.yaml'), 'utf8');
  const next = manifest.replace(/^(revision:[ \t]*)\d+/m, `$1${sent + 1}`);
  await changeSeries(dir, new Map([['series.yaml', next]]));
};
