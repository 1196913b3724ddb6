// SPDX-License-Identifier: MIT
import type { StageName } from '@uio-msi/model';
import type { PlannedCell } from '../plan/plan.js';
import type { Amounts, Budget } from '../schedule/budget.js';
import { claimOf } from '../schedule/claims.js';
import type { Expected } from '../schedule/order.js';

/** Lets the stages of one cell begin when the machine has what they take. */
export interface Admission {
  /**
   * @returns gives back what the stage took, but what a guest of the cell goes on using
   * @throws {Interrupted} when the signal aborts
   */
  readonly admit: (stage: StageName) => Promise<() => void>;
  /** Gives back the rest, when all guests are off. */
  readonly end: () => void;
}

/** What admission is decided by. */
export interface AdmissionContext {
  readonly budget: Budget;
  readonly amounts: Amounts;
  readonly expected: Expected;
  readonly signal: AbortSignal;
}

/** The admission of a cell's stages. */
export const openAdmission = (planned: PlannedCell, ctx: AdmissionContext): Admission => {
  const share = ctx.budget.share(ctx.expected(planned) ?? Number.MAX_VALUE);
  let kept: Promise<() => void> | null = null;
  const admit = async (stage: StageName): Promise<() => void> => {
    const claim = claimOf(stage, planned, ctx.amounts);
    if (claim === null) return () => {};
    if (!claim.kept) return share.take(claim.amounts, ctx.signal);
    kept ??= share.take(claim.amounts, ctx.signal, true);
    await kept;
    return () => {};
  };
  return {
    admit,
    end: () => void kept?.then((back) => back()).catch(() => {}),
  };
};
