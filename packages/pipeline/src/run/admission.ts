// SPDX-License-Identifier: MIT
import type { StageName } from '@uio-msi/model';
import type { PlannedCell } from '../plan/plan.js';
import type { Amounts, Budget, Share } from '../schedule/budget.js';
import { type Claim, claimOf } from '../schedule/claims.js';
import type { Expected } from '../schedule/order.js';

/** Lets the stages of one cell begin when the machine has what they take. */
export interface Admission {
  /**
   * @returns gives back what the stage took, but what a guest of the cell goes on using
   * @throws {Interrupted} when the signal aborts
   */
  readonly admit: (stage: StageName) => Promise<() => void>;
  /** Gives back what one guest used, when it is off. */
  readonly guestOff: () => void;
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
  let kept: Promise<(() => void)[]> | null = null;
  const admit = async (stage: StageName): Promise<() => void> => {
    const claim = claimOf(stage, planned, ctx.amounts);
    if (claim === null) return () => {};
    if (claim.guests === 0) return share.take(claim.amounts, ctx.signal);
    kept ??= takeForGuests(share, claim, ctx.signal);
    await kept;
    return () => {};
  };
  const giveBack = (parts: (() => void)[], most: number): void => {
    for (const back of parts.splice(0, most)) back();
  };
  return {
    admit,
    guestOff: () => void kept?.then((parts) => giveBack(parts, 1)).catch(() => {}),
    end: () => void kept?.then((parts) => giveBack(parts, parts.length)).catch(() => {}),
  };
};

/** Takes what all guests need at once, and gives back each one's part by itself. */
const takeForGuests = async (
  share: Share,
  { amounts, guests }: Claim,
  signal: AbortSignal,
): Promise<(() => void)[]> => {
  const whole = await share.take(amounts, signal, true);
  const one = { processors: amounts.processors / guests, memory: amounts.memory / guests };
  // Who keeps some gets more at once: nobody can come in between.
  const parts = await Promise.all(Array.from({ length: guests }, () => share.take(one, signal, true)));
  whole();
  return parts;
};
