// SPDX-License-Identifier: MIT
import { contentKey, readJson, type State, writeAtomic } from '@uio-msi/host';
import { VERDICTS, type Verdict } from '@uio-msi/model';
import { revisionDigest } from '../message/digest.js';
import type { Revision } from '../message/message.js';
import { type Judgement, verdictOf } from './judge.js';
import type { Waiver } from './waiver.js';

/** What preflight found for one exact content. Nothing is sent without one that is good. */
export interface PreflightRecord {
  readonly version: 2;
  readonly series: string;
  /** `v2`. */
  readonly revision: string;
  /** `revisionDigest()` of what was looked at: one changed byte of any mail is another one. */
  readonly digest: string;
  /** `triedKey()` of what is in no mail: variants, matrix, prerequisites, base. */
  readonly tried: string;
  /** PASS, or the worst of what keeps it from being sent. */
  readonly verdict: Verdict;
  /** When, ISO 8601. */
  readonly checked: string;
  /** The kernel that is its base: `7.2.6`; null when it was not known. */
  readonly kernel: string | null;
  readonly waived: readonly Waiver[];
  /** One for each rule. */
  readonly rules: readonly Judgement[];
}

/** Puts a record together. Pure. */
export const recordOf = (
  revision: Revision,
  rules: readonly Judgement[],
  {
    tried,
    waived,
    kernel,
    now,
  }: {
    readonly tried: string;
    readonly waived: readonly Waiver[];
    readonly kernel: string | null;
    readonly now: Date;
  },
): PreflightRecord => ({
  version: 2,
  series: revision.series.name,
  revision: `v${revision.number}`,
  digest: revisionDigest(revision),
  tried,
  verdict: verdictOf(rules),
  checked: now.toISOString(),
  kernel,
  waived,
  rules,
});

const pathOf = (state: State, digest: string): string => state.path('preflight', `${digest}.json`);

/**
 * Keeps a record. The newest of one content counts, so that a waiver can be taken back.
 *
 * @throws {EnvironmentError} `disk-full`, `state-not-writable`
 */
export const keepRecord = (state: State, record: PreflightRecord): Promise<void> =>
  writeAtomic(
    pathOf(state, record.digest),
    `${JSON.stringify({ key: contentKey(record), record }, null, 2)}\n`,
  );

/** The record of exactly this content; null when there is none, or what is there is damaged. */
export const findRecord = async (state: State, revision: Revision): Promise<PreflightRecord | null> => {
  const digest = revisionDigest(revision);
  const { key, record } = Object(await readJson(pathOf(state, digest))) as {
    key?: unknown;
    record?: PreflightRecord;
  };
  if (record === undefined || contentKey(record) !== key) return null;
  const { version, verdict } = record;
  return version === 2 && record.digest === digest && VERDICTS.includes(verdict) ? record : null;
};
