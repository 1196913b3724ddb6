// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isApplied, type PatchResult, type RejectedHunk } from '@uio-msi/model';
import { type Patch, touchedPaths } from '../patch/patch.js';
import { attempt, type Outcome } from './attempt.js';
import { gitAt } from './git.js';
import { makeIndex, readIndex } from './index-file.js';
import { type Changes, entryAt, type Folders, foldersAbove, readFolders, writeTrees } from './trees.js';

/** What applying a series gave. */
export interface AppliedSeries {
  /** One for each patch, in order. */
  readonly patches: readonly PatchResult[];
  /** The tree with the whole series (a git object id); null unless every patch is part of it. */
  readonly tree: string | null;
}

/** What else {@link applySeries} needs. */
export interface ApplyContext {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Applies patches, one upon the other, to a tree in an object store. Nothing is checked out; only
 * objects are written, and no reference: any number can run at once on one store. The trees are
 * those that `git am` would give.
 *
 * A patch behind one that failed is still tried, on what there is, so that its reader knows
 * whether the rest is fine. It is `not-tried` when it does not apply and touches what a failed
 * patch touches: then nobody can tell whose fault it is.
 *
 * @param gitDir the object store
 * @param base id of the tree
 * @throws {Interrupted} when `signal` aborts
 * @throws {EnvironmentError} `git-failed` when the store cannot be used
 */
export const applySeries = async (
  gitDir: string,
  base: string,
  patches: readonly Patch[],
  { signal }: ApplyContext = {},
): Promise<AppliedSeries> => {
  const folder = await mkdtemp(join(tmpdir(), 'uio-msi-apply-'));
  try {
    const git = gitAt({ gitDir: resolve(gitDir), folder, signal });
    const index = join(folder, 'index');
    const folders = await readFolders(git, base, foldersAbove(patches.flatMap(touchedPaths)));
    await makeIndex(git, index, folders, patches);
    const steps: Step[] = [];
    const start = await readIndex(git, index, patches);
    let before = start;
    for (const patch of patches) {
      const outcome = obstructed(folders, patch) ?? (await attempt(git, index, patch));
      const after = await readIndex(git, index, patches);
      steps.push({ patch, after, ...judge(patch, outcome, before, after, steps) });
      before = after;
    }
    const states = whole(steps).map(({ after }) => difference(start, after));
    return assemble(steps, await writeTrees(git, base, folders, states));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

interface Step extends Outcome {
  readonly patch: Patch;
  /** The touched paths behind it. */
  readonly after: Changes;
}

// A private index has no folders, links or submodules: git would not see them in a patch's way.
const obstructed = (folders: Folders, patch: Patch): Outcome | null => {
  const rejected = touchedPaths(patch).flatMap((file): RejectedHunk[] => {
    const entry = entryAt(folders, file);
    if (!entry || entry.mode.startsWith('100')) return [];
    return [{ file, hunk: null, reason: 'a folder, a link or a submodule is there in the tree' }];
  });
  return rejected.length === 0 ? null : { status: 'conflict', rejected };
};

const judge = (
  patch: Patch,
  outcome: Outcome,
  before: Changes,
  after: Changes,
  steps: readonly Step[],
): Outcome => {
  if (isApplied(outcome.status))
    return difference(before, after).size === 0 ? { status: 'already-upstream', rejected: [] } : outcome;
  const touched = new Set(touchedPaths(patch));
  const culprit = steps.find(
    (step) => !isApplied(step.status) && touchedPaths(step.patch).some((p) => touched.has(p)),
  );
  if (!culprit) return outcome;
  const reason = `it changes the same file as ${culprit.patch.file}, which did not apply`;
  const shared = touchedPaths(culprit.patch).filter((path) => touched.has(path));
  return { status: 'not-tried', rejected: shared.map((file) => ({ file, hunk: null, reason })) };
};

// What is at other paths than before, or not what it was.
const difference = (before: Changes, after: Changes): Changes =>
  new Map(
    [...after].filter(([path, entry]) => {
      const old = before.get(path) ?? null;
      return old?.id !== entry?.id || old?.mode !== entry?.mode;
    }),
  );

// The steps before the first failure: only they have a tree.
const whole = (steps: readonly Step[]): readonly Step[] => {
  const failed = steps.findIndex(({ status }) => !isApplied(status));
  return failed === -1 ? steps : steps.slice(0, failed);
};

const assemble = (steps: readonly Step[], trees: readonly string[]): AppliedSeries => ({
  patches: steps.map(({ patch, status, rejected }, at) => ({
    file: patch.file,
    subject: patch.subject,
    status,
    tree: trees[at] ?? null,
    rejected,
  })),
  tree: trees.length === steps.length ? (trees.at(-1) ?? null) : null,
});
