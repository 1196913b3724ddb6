// SPDX-License-Identifier: MIT
import {
  parseMail,
  postedRevisions,
  readPosted,
  type Series,
  type Subject,
  splitMailbox,
} from '@uio-msi/series';

/** What a mail of ours was. */
export interface Target {
  readonly revision: number;
  /** 0 for the cover letter. */
  readonly number: number;
  /** Without brackets. */
  readonly subject: string;
}

/** Finds what a mail of ours was, by its Message-Id or, where an archive lost that, by its subject. */
export interface Targets {
  readonly byId: ReadonlyMap<string, Target>;
  bySubject(subject: Subject): Target | null;
  /** The newest revision that was posted; 0 for none. */
  readonly newest: number;
}

/**
 * Reads the revisions of a series that were posted.
 *
 * @throws {UserError} what reading a posted revision throws
 */
export const readTargets = async (series: Series): Promise<Targets> => {
  const byId = new Map<string, Target>();
  const subjects = new Map<string, Target>();
  const revisions = await postedRevisions(series.dir);
  for (const revision of revisions) {
    const { text } = await readPosted(series.dir, revision);
    for await (const raw of splitMailbox([Buffer.from(text)])) {
      const mail = await parseMail(raw);
      if (!mail) continue;
      const target = { revision, number: mail.subject.number ?? 1, subject: mail.subject.bare };
      byId.set(mail.id, target);
      subjects.set(keyOf(revision, mail.subject), target);
    }
  }
  return {
    byId,
    bySubject: (subject) => subjects.get(keyOf(subject.version, subject)) ?? null,
    newest: revisions.at(-1) ?? 0,
  };
};

const keyOf = (revision: number, { number, bare }: Subject): string => `${revision} ${number ?? 1} ${bare}`;
