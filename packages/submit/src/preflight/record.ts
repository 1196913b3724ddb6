// SPDX-License-Identifier: MIT
import type { Verdict } from '@uio-msi/model';

/** A rule that somebody decided to go without. */
export interface Waiver {
  readonly rule: string;
  readonly reason: string;
}

/** What preflight found for one exact content. Nothing is sent without one that is good. */
export interface PreflightRecord {
  /** `revisionDigest()` of what was looked at. */
  readonly digest: string;
  readonly verdict: Verdict;
  readonly waived: readonly Waiver[];
}
