// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import type { Mode } from '../bench/mode.js';
import type { Need } from './needs.js';

/**
 * What the outcome of a case depends on, and so on how many devices it says something new; see depth.ts.
 *
 * - `driver`: on nothing else. One device is enough, in one of several machines.
 * - `core`: on what knows nothing of interrupts: UIO itself, the gates of raw mode. One device is nearly always enough.
 * - `machine`: on what there is besides the device. One device is enough, in each machine.
 * - `type`: on the type of interrupts. One device of each type is nearly always enough.
 * - `long`: as `type`, and it takes minutes on a kernel that watches itself.
 * - `device`: on how many vectors the device has, its registers, or where it is plugged in.
 */
export type Scope = 'driver' | 'core' | 'machine' | 'type' | 'long' | 'device';

/** A test of one or more clauses. */
export interface Case {
  /** `group.name`; what --case matches. */
  readonly id: string;
  /** What holds when it passes, in a few words. */
  readonly title: string;
  /** The clauses of SPEC.md it tests. */
  readonly clauses: readonly string[];
  /** Without these it is skipped, with the reason. */
  readonly needs?: readonly Need[];
  /**
   * The mode in which the device must be bound. Without it whatever it has, unless the case needs a
   * provoker: that one reaches for registers, so then it is raw.
   */
  readonly mode?: Mode;
  /** What its outcome depends on besides the kernel; `type` without. */
  readonly scope?: Scope;
  /** How many times the limit of a case it may take; 1 without. */
  readonly patience?: number;
  /**
   * What it does is not undone before the device is put in again, or the machine started again: it
   * is run last, and only on a machine that nobody needs afterwards.
   */
  readonly irreversible?: 'device' | 'machine';
  /** Throws Failure when a clause does not hold. The bench cleans up after it. */
  run(bench: Bench): void | Promise<void>;
}

/** Gives the literal its type. */
export const defineCase = (definition: Case): Case => definition;

/** The mode that a case asks for; none when both will do. */
export const modeOf = ({ mode, needs }: Pick<Case, 'mode' | 'needs'>): Mode | undefined =>
  mode ?? (needs?.includes('provoker') ? 'raw' : undefined);
