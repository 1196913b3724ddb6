// SPDX-License-Identifier: MIT
import type { Mail } from '../mail/mail-index.js';
import { joined } from './union.js';

/** The mails of one revision, as somebody posted them. */
export interface Posting {
  readonly version: number;
  readonly rfc: boolean;
  readonly resend: boolean;
  /** How many patches it says it has. */
  readonly total: number;
  readonly cover: Mail | null;
  /** By their numbers, from 1. Some may be missing. */
  readonly patches: ReadonlyMap<number, Mail>;
  /** Mails with a number that another has as well: they came later. */
  readonly surplus: readonly Mail[];
}

/** The mails of a posting, cover letter first. */
export const mailsOf = ({ cover, patches }: Posting): Mail[] => [
  ...(cover ? [cover] : []),
  ...[...patches].sort(([a], [b]) => a - b).map(([, mail]) => mail),
];

/** The numbers of the patches that a posting should have and has not. */
export const missingFrom = ({ total, patches }: Posting): number[] =>
  Array.from({ length: total }, (_, at) => at + 1).filter((number) => !patches.has(number));

/** What a posting is called: `[RFC PATCH v2 0/8] uio: x`. */
export const titleOf = (posting: Posting): string => {
  const first = posting.cover ?? mailsOf(posting)[0];
  const words = [
    posting.resend && 'RESEND',
    posting.rfc && 'RFC',
    'PATCH',
    posting.version > 1 && `v${posting.version}`,
  ];
  const count = posting.total > 1 || posting.cover ? [`0/${posting.total}`] : [];
  return `[${[...words.filter(Boolean), ...count].join(' ')}] ${first?.subject.bare || '(no subject)'}`;
};

const isPatch = ({ subject, diff }: Mail): boolean =>
  !subject.reply && (diff || (subject.patch && subject.number !== null));

/**
 * Finds the postings among the mails of a mailbox, whatever order they are in. A posting is what has
 * the same words in its brackets in one thread; where mails are not threaded, the words alone must do.
 * Who a mail is from says nothing: that may be the author of each patch. Patch files that nobody
 * numbered and nobody mailed are one, in their order, as git am would take them.
 */
export const findPostings = (mails: readonly Mail[]): Posting[] => {
  const roots = threadRoots(mails);
  const seen = new Set<string>();
  const patches = mails.filter((mail) => {
    if (!isPatch(mail)) return false;
    // The same mail by way of two lists; a Message-Id alone is no proof, for some programs use one twice.
    const { version, number, total, bare } = mail.subject;
    const key = JSON.stringify([mail.id, version, number, total, bare]);
    return !seen.has(key) && seen.add(key);
  });
  const groups = new Map<string, Mail[]>();
  const files = patches.filter(isFile);
  for (const mail of files.length > 1 ? patches.filter((mail) => !isFile(mail)) : patches) {
    const { version, rfc, resend, total, bare } = mail.subject;
    const words = JSON.stringify([version, rfc, resend, total ?? bare]);
    const threaded = `${words} ${roots.get(mail.id)}`;
    groups.set(threaded, [...(groups.get(threaded) ?? []), mail]);
  }
  const mailed = joinUnthreaded([...groups.values()].map(toPosting));
  return files.length > 1 ? [...mailed, inOrder(files)] : mailed;
};

const isFile = ({ mailed, subject }: Mail): boolean => !mailed && subject.number === null;

const inOrder = (files: readonly Mail[]): Posting => {
  const { version, rfc, resend } = (files[0] as Mail).subject;
  const patches = new Map(files.map((mail, at) => [at + 1, mail] as const));
  return { version, rfc, resend, total: files.length, cover: null, patches, surplus: [] };
};

const toPosting = (mails: readonly Mail[]): Posting => {
  const byTime = mails.toSorted((a, b) => (a.date?.seconds ?? 0) - (b.date?.seconds ?? 0) || a.at - b.at);
  const patches = new Map<number, Mail>();
  const surplus: Mail[] = [];
  let cover: Mail | null = null;
  for (const mail of byTime) {
    const number = mail.subject.number ?? 1;
    if (number === 0) cover ??= mail;
    else if (patches.has(number)) surplus.push(mail);
    else patches.set(number, mail);
  }
  const { version, rfc, resend, total } = (byTime[0] as Mail).subject;
  return { version, rfc, resend, total: total ?? 1, cover, patches, surplus };
};

// git send-email --no-thread: parts of one posting that do not answer each other.
const joinUnthreaded = (postings: readonly Posting[]): Posting[] => {
  const done: Posting[] = [];
  for (const posting of postings) {
    const at = done.findIndex((other) => fits(other, posting));
    const other = done[at];
    if (other) done[at] = toPosting([...mailsOf(other), ...mailsOf(posting)]);
    else done.push(posting);
  }
  return done;
};

const fits = (a: Posting, b: Posting): boolean =>
  a.total > 1 &&
  a.total === b.total &&
  a.version === b.version &&
  a.rfc === b.rfc &&
  a.resend === b.resend &&
  !(a.cover && b.cover) &&
  [...b.patches.keys()].every((number) => !a.patches.has(number)) &&
  [a, b].every((one) => mailsOf(one).some(({ parents }) => parents.length === 0));

/** For each mail the first of its thread that is known by name, in the mailbox or not. */
export const threadRoots = (mails: readonly Mail[]): Map<string, string> => {
  const threads = joined(mails.map(({ id, parents }) => [id, ...parents]));
  return new Map(mails.map(({ id }) => [id, threads(id)]));
};
