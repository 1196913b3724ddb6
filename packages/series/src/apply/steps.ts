// SPDX-License-Identifier: MIT
import { isApplied, type PatchResult } from '@uio-msi/model';
import { type Patch, touchedPaths } from '../patch/patch.js';
import type { Outcome } from './attempt.js';
import type { Changes } from './trees.js';

/** What applying a series gave. */
export interface AppliedSeries {
  /** One for each patch, in order. */
  readonly patches: readonly PatchResult[];
  /** The tree with the whole series (a git object id); null unless every patch is part of it. */
  readonly tree: string | null;
}

/** One patch, tried. */
export interface Step extends Outcome {
  readonly patch: Patch;
  /** What the patches so far have changed. */
  readonly changes: Changes;
}

/** Whether a patch fails for itself, or for one before it that touches the same files. */
export const blame = (patch: Patch, outcome: Outcome, steps: readonly Step[]): Outcome => {
  if (isApplied(outcome.status)) return outcome;
  const touched = touchedPaths(patch);
  for (const step of steps) {
    const shared = isApplied(step.status)
      ? []
      : touchedPaths(step.patch).filter((path) => touched.includes(path));
    const reason = `it is changed by ${step.patch.file} too, which did not apply`;
    if (shared.length > 0)
      return { status: 'not-tried', rejected: shared.map((file) => ({ file, hunk: null, reason })) };
  }
  return outcome;
};

/** The patches before the first failure: only they have a tree. */
export const untilFailure = (steps: readonly Step[]): readonly Step[] => {
  const failed = steps.findIndex(({ status }) => !isApplied(status));
  return failed === -1 ? steps : steps.slice(0, failed);
};

/** The results, from the base's tree, the steps, and the trees of those that have one. */
export const assemble = (base: string, steps: readonly Step[], trees: readonly string[]): AppliedSeries => ({
  patches: steps.map(({ patch, status, rejected }, at) => ({
    file: patch.file,
    subject: patch.subject,
    status,
    tree: trees[at] ?? null,
    rejected,
  })),
  tree: trees.length === steps.length ? (trees.at(-1) ?? base) : null,
});
