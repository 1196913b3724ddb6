// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import type { Need } from './needs.js';

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
  /** Throws Failure when a clause does not hold. The bench cleans up after it. */
  run(bench: Bench): void | Promise<void>;
}

/** Gives the literal its type. */
export const defineCase = (definition: Case): Case => definition;
