// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RejectedHunk } from '@uio-msi/model';
import { type Patch, touchedPaths } from '../patch/patch.js';
import { attempt, type Contents, type Met } from './attempt.js';
import { gitAt } from './git.js';
import { difference, makeIndex, readIndex } from './index-file.js';
import { type AppliedSeries, assemble, blame, type Step, untilFailure } from './steps.js';
import { entryAt, type Folders, foldersAbove, isPlain, readFolders } from './trees.js';
import { writeTrees } from './write-trees.js';

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
    const start = await readIndex(git, index);
    let contents: Contents = start;
    const steps: Step[] = [];
    for (const patch of patches) {
      const rejected = obstacles(folders, patch);
      const met: Met =
        rejected.length > 0
          ? { status: 'conflict', rejected, after: contents }
          : await attempt(git, index, patch, contents);
      contents = met.after;
      steps.push({ patch, changes: difference(start, contents), ...blame(patch, met, steps) });
    }
    const states = untilFailure(steps).map(({ changes }) => changes);
    return assemble(base, steps, await writeTrees(git, base, folders, states));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

// A private index has no folders, links or submodules: git would not see them in a patch's way.
const obstacles = (folders: Folders, patch: Patch): RejectedHunk[] =>
  touchedPaths(patch).flatMap((file) => {
    const entry = entryAt(folders, file);
    if (!entry || isPlain(entry)) return [];
    return [{ file, hunk: null, reason: 'a folder, a link or a submodule is there in the tree' }];
  });
