// SPDX-License-Identifier: MIT
import type { Mail } from '../mail/mail-index.js';
import { problem } from '../problems.js';
import { findPostings, mailsOf, missingFrom, type Posting, threadRoots, titleOf } from './posting.js';
import { joined } from './union.js';

/** What is wanted of a mailbox; null: what it has. */
export interface Wanted {
  /** 2 for v2; null: the newest that is whole. */
  readonly revision: number | null;
  /** A mail of the series. */
  readonly message: string | null;
  /** Take what there is of a series that is not whole. */
  readonly partial: boolean;
}

/** The series that a mailbox is about. */
export interface Thread {
  /** What was chosen; with no patch missing, unless a part was wanted. */
  readonly posting: Posting;
  /** All postings of the series, oldest first. */
  readonly all: readonly Posting[];
  /** What was decided on the way, for a person. */
  readonly notes: readonly string[];
}

/**
 * Chooses one revision of one series among all that a mailbox has.
 *
 * @param name how messages call the mailbox
 * @throws {UserError} `mailbox-no-patches`, `mailbox-ambiguous`, `mailbox-no-message`,
 *   `mailbox-no-revision`, `mailbox-incomplete`
 */
export const chooseThread = (name: string, mails: readonly Mail[], wanted: Wanted): Thread => {
  const postings = findPostings(mails);
  if (postings.length === 0)
    throw problem(
      'mailbox-no-patches',
      name,
      `of its ${mails.length} mails none has a git diff and is no reply`,
    );
  const all = oneSeries(name, postings, mails, wanted.message).toSorted(byAge);
  const candidates =
    wanted.revision === null ? all : all.filter(({ version }) => version === wanted.revision);
  if (candidates.length === 0)
    throw problem('mailbox-no-revision', name, `it has ${all.map(titleOf).join('; ')}`);
  const whole = candidates
    .toReversed()
    .map((posting) => fill(posting, all))
    .find(({ posting }) => missingFrom(posting).length === 0);
  if (whole) return { ...whole, all, notes: [...whole.notes, ...passedOver(whole.posting, candidates)] };
  const last = candidates.at(-1);
  if (wanted.partial && last && last.patches.size > 0)
    return { posting: last, all, notes: [`${titleOf(last)} lacks ${missingFrom(last).join(', ')}`] };
  const why = candidates.map(
    (one) =>
      `${titleOf(one)}: ${missingFrom(one)
        .map((n) => `${n}/${one.total}`)
        .join(', ')}`,
  );
  throw problem('mailbox-incomplete', name, `missing of ${why.join('; ')}`);
};

// An RFC comes before the real thing, whatever its number.
const byAge = (a: Posting, b: Posting): number =>
  Number(b.rfc) - Number(a.rfc) ||
  a.version - b.version ||
  Number(a.resend) - Number(b.resend) ||
  timeOf(a) - timeOf(b);

const timeOf = (posting: Posting): number => mailsOf(posting)[0]?.date?.seconds ?? 0;

const oneSeries = (
  name: string,
  postings: readonly Posting[],
  mails: readonly Mail[],
  message: string | null,
): readonly Posting[] => {
  const roots = threadRoots(mails);
  const top = joined(
    postings.map((posting, at) => [`#${at}`, ...mailsOf(posting).flatMap((mail) => names(mail, roots))]),
  );
  const series = new Map<string, Posting[]>();
  postings.forEach((posting, at) => {
    const key = top(`#${at}`);
    series.set(key, [...(series.get(key) ?? []), posting]);
  });
  const found = [...series.values()];
  if (message !== null) {
    const its = found.find((some) => some.some((one) => mailsOf(one).some(({ id }) => id === message)));
    if (!its) throw problem('mailbox-no-message', name, message);
    return its;
  }
  const [only, ...others] = found;
  if (!only || others.length > 0)
    throw problem(
      'mailbox-ambiguous',
      name,
      found
        .slice(0, 20)
        .flatMap((some) => some.slice(-1))
        .map((one) => `${titleOf(one)} <${mailsOf(one)[0]?.id}>`)
        .join('\n'),
    );
  return only;
};

// Revisions of a series are known by b4's change-id, by their thread, and by their subjects.
const names = ({ id, changeId, subject }: Mail, roots: ReadonlyMap<string, string>): string[] => [
  `thread ${roots.get(id)}`,
  ...(changeId ? [`change ${changeId}`] : []),
  ...(subject.bare ? [`subject ${subject.bare.toLowerCase()}`] : []),
];

// Somebody may send only the patches that are new, in reply to the older ones; or send again some.
const fill = (posting: Posting, all: readonly Posting[]): { posting: Posting; notes: string[] } => {
  const notes = posting.surplus.map(
    (mail) =>
      `${mail.subject.number ?? 1}/${posting.total} is there again as <${mail.id}>: the first one was taken`,
  );
  const missing = missingFrom(posting);
  if (missing.length === 0) return { posting, notes };
  const answered = new Set(mailsOf(posting).flatMap(({ parents }) => parents));
  const older = all
    .slice(0, all.indexOf(posting))
    .toReversed()
    .find(
      (one) =>
        one.total === posting.total &&
        missingFrom(one).length === 0 &&
        (one.version === posting.version || mailsOf(one).some(({ id }) => answered.has(id))),
    );
  if (!older) return { posting, notes };
  return {
    posting: {
      ...posting,
      cover: posting.cover ?? older.cover,
      patches: new Map([...older.patches, ...posting.patches]),
    },
    notes: [
      ...notes,
      `${titleOf(posting)} has not all patches: ${missing.join(', ')} are those of ${titleOf(older)}`,
    ],
  };
};

const passedOver = (chosen: Posting, candidates: readonly Posting[]): string[] =>
  candidates
    .filter((one) => byAge(one, chosen) > 0)
    .map((one) => `${titleOf(one)} is newer, and lacks ${missingFrom(one).join(', ')}`);
