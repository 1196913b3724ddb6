// SPDX-License-Identifier: MIT
import { type State, withLock } from '@uio-msi/host';
import { UserError, type Verdict } from '@uio-msi/model';
import { parseStamp, type Series } from '@uio-msi/series';
import { revisionDigest } from '../message/digest.js';
import type { Message, Revision } from '../message/message.js';
import { conclude } from './after.js';
import { committed } from './checkout.js';
import { type DeliverContext, deliver } from './deliver.js';
import {
  beginPosting,
  findPosting,
  findPostings,
  isFinished,
  isUntouched,
  type Journal,
  journalFolder,
  type Posting,
  sha256,
} from './journal.js';
import { outgoing } from './outgoing.js';
import { type Person, requireConfirmation, requireSignOff } from './permission.js';
import { describePosting } from './summary.js';

/** What sending needs beside the revision. */
export interface SendContext extends DeliverContext {
  readonly state: State;
  readonly person: Person;
}

/** How it is sent. */
export interface SendOptions {
  /** To the sender alone, to look at. */
  readonly reflect: boolean;
  /** What preflight said of exactly this content; null: it has not looked at it. */
  readonly record: { readonly digest: string; readonly tried: string; readonly verdict: Verdict } | null;
  /** `triedKey()` as it is now. */
  readonly tried: string;
}

/**
 * Sends a revision: signed off by the sender, passed by preflight, confirmed by a person.
 *
 * @throws {UserError} `sign-off-missing`, `preflight-missing`, `preflight-stale`, `preflight-failed`, `series-uncommitted`,
 *   `already-sent`, `send-unfinished`, `clock-wrong`, `no-terminal`, `not-confirmed`
 * @throws {EnvironmentError} `mail-refused`, `mail-unknown`, `mail-partial`; `tag-failed`
 */
export const sendRevision = async (
  revision: Revision,
  { reflect, record, tried }: SendOptions,
  context: SendContext,
): Promise<Posting> => {
  requireSignOff(revision);
  if (!reflect) requirePass(revision, record, tried);
  const { series, number, resend, sender } = revision;
  return locked(context, series, async () => {
    const kind = reflect ? 'reflect' : resend ? 'resend' : '';
    const folder = journalFolder(context.state, { changeId: series.changeId, revision: number, kind });
    const before = await findPosting(folder);
    if (before && !reflect && !isUntouched(before.journal)) throw begunBefore(before.journal);
    const commit = reflect ? null : await committed(series.dir);
    const now = context.now();
    requireClock(revision, now);
    const to = reflect ? [sender.address] : envelopeOf(revision);
    await requireConfirmation(
      context.person,
      describePosting(revision, context.transport.description, to),
      `send ${series.name} v${number}`,
    );
    const journal: Journal = {
      version: 1,
      series: series.name,
      dir: series.dir,
      revision: number,
      resend,
      reflect,
      digest: revisionDigest(revision),
      from: sender.address,
      transport: context.transport.description,
      started: now.toISOString(),
      commit,
      mails: [],
      archived: false,
      tag: null,
      opened: false,
    };
    const contents = contentsOf(revision, reflect ? `reflect-${now.getTime()}-` : '', now);
    journal.mails = revision.messages.map((message, at) => ({
      number: message.number,
      subject: message.subject,
      messageId: contents[at]?.id ?? message.messageId,
      file: `${`${message.number}`.padStart(4, '0')}.eml`,
      sha256: sha256(contents[at]?.text ?? ''),
      waiting: [...to],
      offered: false,
      sent: [],
      refused: [],
    }));
    const posting = await beginPosting(
      folder,
      journal,
      contents.map(({ text }) => text),
    );
    return finish(posting, context);
  });
};

/**
 * Goes on with a posting that was interrupted, with the same mails.
 *
 * @throws {UserError} `nothing-to-resume`, `no-terminal`, `not-confirmed`
 * @throws {EnvironmentError} as {@link sendRevision}; `journal-damaged`
 */
export const resumePosting = async (series: Series, context: SendContext): Promise<Posting> =>
  locked(context, series, async () => {
    const posting = (await findPostings(context.state, series.changeId))
      .filter(({ journal }) => !isFinished(journal))
      .at(-1);
    if (!posting)
      throw new UserError({
        code: 'nothing-to-resume',
        message: `of ${series.name} nothing is half sent`,
        next: './uio-msi submit status says what is where',
      });
    const { mails, revision, reflect } = posting.journal;
    const left = mails.filter(({ waiting }) => waiting.length > 0);
    if (left.length > 0)
      await requireConfirmation(
        context.person,
        [
          `${left.length} of ${mails.length} mails of ${series.name} v${revision} are left${reflect ? ', to yourself' : ''}, through ${context.transport.description}`,
          ...left.flatMap(({ subject, waiting, offered }) => [
            `    ${subject}${offered ? ' (may have arrived: you will be asked)' : ''}`,
            `        to ${waiting.join(', ')}`,
          ]),
        ].join('\n'),
        `send ${series.name} v${revision}`,
      );
    return finish(posting, context);
  });

const locked = <T>(
  { state, signal }: SendContext,
  { changeId }: Series,
  work: () => Promise<T>,
): Promise<T> => withLock(state.path('locks', `submit-${sha256(changeId).slice(0, 16)}`), work, { signal });

const finish = async (posting: Posting, context: SendContext): Promise<Posting> => {
  await deliver(posting, context);
  await conclude(posting);
  return posting;
};

const requirePass = (revision: Revision, record: SendOptions['record'], tried: string): void => {
  const command = `./uio-msi submit preflight --series ${revision.series.name}`;
  if (!record || record.digest !== revisionDigest(revision))
    throw new UserError({
      code: 'preflight-missing',
      message: 'preflight has not looked at exactly this: cover letter, notes and recipients count',
      next: command,
    });
  if (record.tried !== tried)
    throw new UserError({
      code: 'preflight-stale',
      message: 'preflight looked at these mails, and at other things that are in none of them',
      why: 'the matrix, a variant for an older kernel, a prerequisite or the base is another one since',
      next: command,
    });
  if (record.verdict === 'PASS') return;
  throw new UserError({
    code: 'preflight-failed',
    message: `preflight says ${record.verdict} of this`,
    next: `${command} says why, and how a rule can be waived`,
  });
};

const begunBefore = (journal: Journal): UserError =>
  isFinished(journal)
    ? new UserError({
        code: 'already-sent',
        message: `v${journal.revision} of ${journal.series} was sent ${journal.resend ? 'again ' : ''}on ${journal.started}`,
        next: journal.resend
          ? 'a version is sent again once: open the next one, and say in its cover letter what you wait for'
          : 'open the next revision, or send this one again as it is with --resend',
      })
    : new UserError({
        code: 'send-unfinished',
        message: `v${journal.revision} of ${journal.series} is half sent`,
        next: `./uio-msi submit resume --series ${journal.series} goes on where it stopped`,
      });

// Mail from the past sorts below what it answers, and some servers take it for spam.
const requireClock = ({ messages }: Revision, now: Date): void => {
  const written = messages.map(({ raw }) => parseStamp(/^Date: (.*)$/m.exec(raw)?.[1] ?? '')?.seconds ?? 0);
  const newest = Math.max(0, ...written) * 1000;
  if (now.getTime() >= newest) return;
  throw new UserError({
    code: 'clock-wrong',
    message: `the clock of this machine says ${now.toISOString()}`,
    why: `a patch was written at ${new Date(newest).toISOString()}, which is later`,
    next: 'set the clock, or correct the date of that patch',
  });
};

/** Everybody who gets the mails of a revision. */
export const envelopeOf = ({ messages }: Revision): string[] => [
  ...new Set(messages.flatMap(({ to, cc }) => [...to, ...cc].map(({ address }) => address))),
];

// One second apart, as git send-email does it: archives sort by date.
const contentsOf = ({ messages }: Revision, mark: string, now: Date): { id: string; text: string }[] =>
  messages.map((message, at) => ({
    id: `${mark}${message.messageId}`,
    text: outgoing(
      { raw: mark === '' ? message.raw : marked(messages, message, mark) },
      new Date(now.getTime() + at * 1000),
    ),
  }));

// What is sent to oneself has identities of its own, or mail programs hide the real one as a double.
const marked = (messages: readonly Message[], { raw }: Message, mark: string): string => {
  const end = raw.indexOf('\n\n');
  const head = messages.reduce(
    (text, { messageId }) => text.replaceAll(`<${messageId}>`, `<${mark}${messageId}>`),
    raw.slice(0, end),
  );
  return `${head}${raw.slice(end)}`;
};
