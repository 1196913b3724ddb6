// SPDX-License-Identifier: MIT
import type { Cell, StageName } from '../cell.js';
import type { CaseResult } from '../result.js';
import type { Verdict } from '../verdict.js';

/**
 * How something in a run differs from the run before, what matters most first. The words are
 * KernelCI's (kci-dev, `results compare`).
 *
 * - regression: it was good and fails
 * - new-failure: it fails, and was not judged before, or failed otherwise
 * - flaky: it failed and passed when it was tried again, and nobody knew that of it
 * - still-failing: it failed before, in the same way
 * - disappeared: it was judged before and is not now: gone, left out, waived, or nobody looked
 * - fixed: it failed, was looked at, and is good
 * - appeared: it is good, and was not judged before
 */
export const CHANGE_KINDS = [
  'regression',
  'new-failure',
  'flaky',
  'still-failing',
  'disappeared',
  'fixed',
  'appeared',
] as const;

/** One of {@link CHANGE_KINDS}. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** The part of a stage that a change is about. */
export type Subject =
  /** The stage as a whole; or the cell as a whole, when the change has no stage. */
  | { readonly type: 'whole' }
  | ({ readonly type: 'case' } & Pick<CaseResult, 'id' | 'device' | 'vectors' | 'bdf'>)
  | { readonly type: 'check'; readonly name: string }
  | { readonly type: 'finding'; readonly tool: string; readonly kind: string; readonly file: string }
  | { readonly type: 'splat'; readonly kind: string };

/** One difference between two runs. */
export interface Change {
  readonly kind: ChangeKind;
  /** The cell as it is now; as it was, when it is gone. */
  readonly cell: Cell;
  /** Null when it is about the cell as a whole. */
  readonly stage: StageName | null;
  readonly subject: Subject;
  /** What it is about, in a few words that are the same in all cells: `irq.replace on rocker`. */
  readonly title: string;
  /** Null for what was not there. */
  readonly before: Verdict | null;
  readonly after: Verdict | null;
  /** Why, in one line: of the failure, now or before, or of what is not judged any more. */
  readonly reason: string | null;
  /** The same in all cells in which it is the same failure; never has a number of a line, an address or a version. */
  readonly fingerprint: string;
}

/** Whether a change is something that nobody has been told of yet. */
export const isNewFailure = ({ kind }: Pick<Change, 'kind'>): boolean =>
  kind === 'regression' || kind === 'new-failure';
