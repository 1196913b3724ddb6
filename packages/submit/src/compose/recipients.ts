// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';
import type { Patch, Person } from '@uio-msi/series';
import { parseMailbox, sameAddress } from '../mail/address.js';

/** Who gets the mails: every one of them the same people, so that nobody sees half of a series. */
export interface Recipients {
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
}

// Those who are named in a patch get it: what git send-email does by default (--suppress-cc).
const NAMING = /^(?:cc|[\w-]+-by)$/i;

// "Cc: stable@vger.kernel.org" in a patch is "NOT an email recipient" (submitting-patches.rst).
const NO_RECIPIENT = /^stable(?:\+\w+)?@(?:vger\.)?kernel\.org$/i;

/**
 * Puts recipients together: those that the series names, and whoever is named in a patch.
 *
 * @param to,cc mailboxes, as text
 * @throws {UserError} `bad-recipient`; `no-recipients` when there is nobody in To:
 */
export const collectRecipients = (
  patches: readonly Patch[],
  sender: Person,
  to: readonly string[],
  cc: readonly string[],
): Recipients => {
  const first = unique(to.map(readMailbox), []);
  if (first.length === 0)
    throw new UserError({
      code: 'no-recipients',
      message: 'the series names nobody to send it to',
      next: 'list them in series.yaml under to: and cc:, or give --to; ./uio-msi submit preflight says who is wanted',
    });
  const named = patches
    .flatMap(({ author, trailers }) => [
      author,
      ...trailers.flatMap(({ key, value }) => (NAMING.test(key) ? (parseMailbox(value) ?? []) : [])),
    ])
    .filter(({ address }) => !NO_RECIPIENT.test(address));
  const others = [...cc.map(readMailbox), ...named].filter(
    ({ address }) => !sameAddress(address, sender.address),
  );
  return { to: first, cc: unique(others, first) };
};

const readMailbox = (text: string): Person => {
  const person = parseMailbox(text);
  if (person) return person;
  throw new UserError({
    code: 'bad-recipient',
    message: `"${text}" is no mail address`,
    next: 'write it as name@example.org, or Name <name@example.org>',
  });
};

const unique = (people: readonly Person[], known: readonly Person[]): Person[] => {
  const seen = new Set(known.map(({ address }) => address.toLowerCase()));
  return people.filter(({ address }) => {
    const key = address.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
};
