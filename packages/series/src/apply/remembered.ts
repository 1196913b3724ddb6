// SPDX-License-Identifier: MIT
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { remembered, type State } from '@uio-msi/host';
import type { PatchStatus } from '@uio-msi/model';
import type { Patch } from '../patch/patch.js';
import { type ApplyContext, applySeries } from './apply.js';
import type { AppliedSeries } from './steps.js';

/** An object store, and the state folder that it is in. */
export interface Store {
  readonly gitDir: string;
  readonly state: State;
}

// Raised when the same patches would meet the same tree in another way.
const VERSION = 1;

/**
 * What {@link applySeries} gives, which takes some thirty git commands, asked once for one tree and
 * the same diffs: a message that is better worded changes nothing about it. The trees are in the
 * store: when it was made anew, they are, too. What fits where its lines are fits whatever else the
 * store has; a merge, or a conflict, may end otherwise with another kernel in it, and is tried anew.
 *
 * @throws what {@link applySeries} throws
 */
export const applyOnce = async (
  { gitDir, state }: Store,
  base: string,
  patches: readonly Patch[],
  ctx: ApplyContext = {},
): Promise<AppliedSeries> => {
  const met = await remembered(
    state.path('applied'),
    { version: VERSION, base, diffs: patches.map(({ file, diff }) => [file, diff]) },
    () => applySeries(gitDir, base, patches, ctx),
    async (applied) => {
      if (!applied.patches.every(({ status }) => FITS.includes(status))) return false;
      const trees = applied.patches.flatMap(({ tree }) => tree ?? []);
      return (await Promise.all(trees.map((tree) => isLoose(gitDir, tree)))).every(Boolean);
    },
  );
  const subjectOf = (at: number): string => patches[at]?.subject ?? '';
  return { ...met, patches: met.patches.map((result, at) => ({ ...result, subject: subjectOf(at) })) };
};

const FITS: readonly PatchStatus[] = ['clean', 'offset'];

// git mktree writes each tree as a file of its own, and nothing collects them: a look is no process.
const isLoose = (gitDir: string, id: string): Promise<boolean> =>
  access(join(gitDir, 'objects', id.slice(0, 2), id.slice(2))).then(
    () => true,
    () => false,
  );
