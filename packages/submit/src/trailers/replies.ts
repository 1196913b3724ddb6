// SPDX-License-Identifier: MIT
import { type Mail, parseMail, readMailbox, splitMailbox } from '@uio-msi/series';
import { findTags, type GivenTag } from './tags.js';
import type { Target, Targets } from './targets.js';

/** A mail with tags. */
export interface Reply {
  readonly id: string;
  /** `Name <address>`. */
  readonly from: string;
  readonly address: string;
  readonly tags: readonly GivenTag[];
  /** The patch mail that it answers, directly or by way of others. */
  readonly answers: Answered;
  /** Its subject says what it answers, and no header does. */
  readonly bySubject: boolean;
}

/** A patch mail. */
export interface Answered {
  readonly subject: string;
  /** Null: it is none of the series'. */
  readonly target: Target | null;
}

type Kept = Omit<Reply, 'answers' | 'bySubject'> & Pick<Mail, 'parents' | 'subject'>;

/**
 * The mails of a mailbox that give tags, each with the patch that it answers.
 *
 * @throws {UserError} `mailbox-unreadable`, `mailbox-too-big`
 */
export const readReplies = async (mailbox: string, targets: Targets): Promise<Reply[]> => {
  const patches = new Map<string, Answered>(
    [...targets.byId].map(([id, target]) => [id, { subject: target.subject, target }]),
  );
  const others = new Map<string, Kept>();
  for await (const raw of splitMailbox(readMailbox(mailbox))) {
    const mail = await parseMail(raw);
    if (!mail || patches.has(mail.id)) continue;
    const { id, subject, parents, from } = mail;
    if (subject.patch && !subject.reply)
      patches.set(id, { subject: subject.bare, target: targets.bySubject(subject) });
    else if (from) {
      const who = from.name === '' ? from.address : `${from.name} <${from.address}>`;
      others.set(id, { id, subject, parents, from: who, address: from.address, tags: findTags(mail.text) });
    }
  }
  return [...others.values()].flatMap(({ parents, subject, ...reply }) => {
    if (reply.tags.length === 0) return [];
    const answers = answered(parents, patches, others);
    const target = answers || !subject.patch ? null : targets.bySubject(subject);
    const guess = { subject: subject.bare, target };
    return [{ ...reply, answers: answers ?? guess, bySubject: target !== null }];
  });
};

// The nearest patch above counts. References: may be cut short, then the answered mail's own go on.
const answered = (
  parents: readonly string[],
  patches: ReadonlyMap<string, Answered>,
  others: ReadonlyMap<string, Kept>,
): Answered | null => {
  const seen = new Set<string>();
  let left = parents.toReversed();
  for (let next = left[0]; next !== undefined; next = left[0]) {
    const found = patches.get(next);
    if (found) return found;
    seen.add(next);
    left = [...left.slice(1), ...(others.get(next)?.parents.toReversed() ?? [])].filter(
      (id) => !seen.has(id),
    );
  }
  return null;
};
