// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';
import { RULES } from './rules.js';

/** A rule that somebody decided to go without, or one place where it does not hold. */
export interface Waiver {
  readonly rule: string;
  /** The one breach that is meant, as it was told: a file, an address; null for all of the rule. */
  readonly where: string | null;
  readonly reason: string;
}

// A reason is for whoever reads the record.
const SHORTEST = 10;

/**
 * Reads `RULE=REASON`, or `RULE:WHERE=REASON` for one breach of it.
 *
 * @throws {UserError} `waiver-unreadable`, `waiver-unknown`, `waiver-without-reason`
 */
export const parseWaiver = (text: string): Waiver => {
  const {
    rule,
    where = null,
    reason = '',
  } = /^(?<rule>[a-z-]+)(?::(?<where>[^=]+))?=(?<reason>[\s\S]*)$/.exec(text)?.groups ?? {};
  if (rule === undefined)
    throw new UserError({
      code: 'waiver-unreadable',
      message: `"${text}" is no waiver`,
      next: 'write RULE=REASON, or RULE:WHERE=REASON for one breach of it',
    });
  if (!RULES.some(({ name }) => name === rule))
    throw new UserError({
      code: 'waiver-unknown',
      message: `there is no rule ${rule}`,
      next: `choose from ${RULES.map(({ name }) => name).join(', ')}`,
    });
  if (reason.trim().length < SHORTEST)
    throw new UserError({
      code: 'waiver-without-reason',
      message: `${rule} is waived without a reason`,
      next: 'say why: it goes into the record, for those who ask later',
    });
  return { rule, where, reason: reason.trim() };
};
