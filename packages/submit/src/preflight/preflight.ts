// SPDX-License-Identifier: MIT
import type { State } from '@uio-msi/host';
import type { Revision } from '../message/message.js';
import { findPostings, isUntouched } from '../send/journal.js';
import { type FindOptions, findFacts } from './find/facts.js';
import { judge } from './judge.js';
import { keepRecord, type PreflightRecord, recordOf } from './record.js';
import { RULES } from './rules.js';
import type { Waiver } from './waiver.js';

/** What preflight takes. */
export interface PreflightOptions extends Omit<FindOptions, 'resent'> {
  readonly state: State;
  readonly waivers: readonly Waiver[];
  /** `triedKey()` of what it is tried on. */
  readonly tried: string;
}

/**
 * Judges a revision by every rule and keeps the record of it, also of one that is blocked.
 *
 * @throws {UserError} when the archive of posted revisions is not what it was
 * @throws {EnvironmentError} when the record cannot be written
 * @throws {Interrupted} when the signal of the place aborts
 */
export const preflight = async (revision: Revision, options: PreflightOptions): Promise<PreflightRecord> => {
  const { state, waivers, tried, now, kernel } = options;
  const facts = await findFacts(revision, { ...options, resent: await resentOn(state, revision) });
  const record = recordOf(revision, judge(revision, facts, waivers, RULES), {
    tried,
    waived: waivers,
    kernel,
    now,
  });
  await keepRecord(state, record);
  return record;
};

// The archive has a revision once, however often it was sent; the journals have each time.
const resentOn = async (state: State, { series, number }: Revision): Promise<string | null> => {
  const postings = await findPostings(state, series.changeId);
  const again = postings.find(
    ({ journal }) => journal.resend && journal.revision === number && !isUntouched(journal),
  );
  return again?.journal.started ?? null;
};
