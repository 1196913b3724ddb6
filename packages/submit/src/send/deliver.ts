// SPDX-License-Identifier: MIT
import { EnvironmentError, Interrupted } from '@uio-msi/model';
import { isDelivered, type Journal, type JournalMail, keep, type Posting, readContent } from './journal.js';
import { DeliveryError, type Receipt, type Transport } from './transport.js';

/** What a person knows of a mail of which the machine knows nothing. */
export type Fate = 'arrived' | 'lost' | 'unknown';

/** What delivering needs beside the posting. */
export interface DeliverContext {
  readonly transport: Transport;
  /** Asks of a mail that a server may have or not. */
  readonly ask: (mail: JournalMail) => Promise<Fate>;
  readonly progress: (mail: JournalMail, of: number) => void;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** A mail that takes longer is given up. */
  readonly limitSeconds?: number;
}

// RFC 5321, 4.5.3.2.6: a server may think for ten minutes about a mail that it has; the rest takes less.
const LIMIT_SECONDS = 15 * 60;

/**
 * Sends what of a posting is not sent yet, in order. Before the first byte of a mail goes out, and
 * again when the server has answered, that is on the disk: whenever we are killed, it is known who
 * has what, but for a mail that was under way, which is asked about.
 *
 * @throws {EnvironmentError} `mail-refused`, `mail-unknown`, `mail-partial`: all can be resumed
 */
export const deliver = async (posting: Posting, context: DeliverContext): Promise<void> => {
  const { journal } = posting;
  try {
    for (const mail of journal.mails) {
      if (context.signal.aborted) throw new Interrupted(String(context.signal.reason));
      if (mail.offered) await settle(posting, mail, context);
      if (mail.waiting.length === 0) continue;
      context.progress(mail, journal.mails.length);
      await deliverOne(posting, mail, context);
    }
  } finally {
    await context.transport.close();
  }
  if (!isDelivered(journal)) throw partial(journal);
};

const settle = async (posting: Posting, mail: JournalMail, { ask, now }: DeliverContext): Promise<void> => {
  const fate = await ask(mail);
  if (fate === 'unknown') throw unknown(posting, mail, 'nobody could say whether it arrived');
  if (fate === 'arrived')
    Object.assign(mail, {
      sent: [
        ...mail.sent,
        { addresses: mail.waiting, answer: 'the sender says so', at: now().toISOString() },
      ],
      waiting: [],
    });
  mail.offered = false;
  await keep(posting);
};

const deliverOne = async (
  posting: Posting,
  mail: JournalMail,
  { transport, now, signal, limitSeconds = LIMIT_SECONDS }: DeliverContext,
): Promise<void> => {
  const { from } = posting.journal;
  const content = await readContent(posting, mail);
  const offered = async (): Promise<void> => {
    mail.offered = true;
    await keep(posting);
  };
  try {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(limitSeconds * 1000)]);
    take(mail, await transport.send({ from, to: mail.waiting, content }, offered, limited), now());
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    if (error.certain) {
      mail.offered = false;
      await keep(posting);
    }
    if (signal.aborted) throw new Interrupted(String(signal.reason));
    throw error.certain ? refused(posting, mail, error.message) : unknown(posting, mail, error.message);
  }
  await keep(posting);
};

const take = (mail: JournalMail, { accepted, refused: refusals, answer }: Receipt, now: Date): void => {
  const at = now.toISOString();
  const never = refusals.filter(({ permanent }) => permanent);
  Object.assign(mail, {
    offered: false,
    waiting: refusals.filter(({ permanent }) => !permanent).map(({ address }) => address),
    sent: [...mail.sent, { addresses: [...accepted], answer, at }],
    refused: [...mail.refused, ...never.map((one) => ({ addresses: [one.address], answer: one.answer, at }))],
  });
};

const resume = ({ series }: Journal): string => `./uio-msi submit resume --series ${series}`;

const refused = ({ journal }: Posting, { subject }: JournalMail, why: string): EnvironmentError =>
  new EnvironmentError({
    code: 'mail-refused',
    message: `"${subject}" was not sent`,
    why,
    next: `${resume(journal)} goes on where it stopped: nobody gets a mail twice`,
  });

const unknown = ({ journal }: Posting, { subject, messageId }: JournalMail, why: string): EnvironmentError =>
  new EnvironmentError({
    code: 'mail-unknown',
    message: `nobody knows whether "${subject}" was sent: it was handed over, and what came back does not say`,
    why,
    next: `look whether <${messageId}> arrived, on the list's archive, in your copy, or in the queue of this machine (mailq); ${resume(journal)} asks`,
  });

const partial = (journal: Journal): EnvironmentError =>
  new EnvironmentError({
    code: 'mail-partial',
    message: 'the server put some recipients off',
    why: [...new Set(journal.mails.flatMap(({ waiting }) => waiting))].join(', '),
    next: `wait a while; ${resume(journal)} sends to them alone`,
  });
