// SPDX-License-Identifier: MIT
import type { State } from '@uio-msi/host';
import type { Revision } from '../message/message.js';
import { type FindOptions, findFacts } from './find/facts.js';
import { judge } from './judge.js';
import { keepRecord, type PreflightRecord, recordOf } from './record.js';
import { RULES } from './rules.js';
import type { Waiver } from './waiver.js';

/** What preflight takes. */
export interface PreflightOptions extends FindOptions {
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
  const facts = await findFacts(revision, options);
  const record = recordOf(revision, judge(revision, facts, waivers, RULES), {
    tried,
    waived: waivers,
    kernel,
    now,
  });
  await keepRecord(state, record);
  return record;
};
