// SPDX-License-Identifier: MIT
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildContext, type BuildRequest, findArch } from '@uio-msi/build';
import { moveWorktree } from '@uio-msi/kernels';
import { patchesFor, touchedPaths } from '@uio-msi/series';
import type { StageContext, StageInputs } from '../stage/stage.js';

/** The paths that a cell's patches touch, each once. */
export const touchedBy = ({ planned }: StageInputs): readonly string[] => [
  ...new Set(planned.patches.flatMap(touchedPaths)),
];

const changesOf = ({ planned: { series, kernel } }: Pick<StageInputs, 'planned'>) =>
  patchesFor(series, kernel.line).flatMap((patch) => patch.changes);

/** Those that the series adds, whatever prefix of it a cell has: the tree without it has none of them. Pure. */
export const addedBy = (inputs: Pick<StageInputs, 'planned'>): ReadonlySet<string> =>
  new Set(changesOf(inputs).flatMap(({ from, to }) => (from === null && to !== null ? [to] : [])));

/** Those that the series changes, whatever prefix of it a cell has: the tree without it has them. Pure. */
export const changedBy = (inputs: Pick<StageInputs, 'planned'>): readonly string[] => {
  const added = addedBy(inputs);
  const before = changesOf(inputs).flatMap(({ from }) => (from === null || added.has(from) ? [] : [from]));
  return [...new Set(before)].sort();
};

/** Those of some paths that a worktree has. */
export const presentOf = async (worktree: string, paths: readonly string[]): Promise<readonly string[]> => {
  const found = await Promise.all(paths.map((path) => stat(join(worktree, path)).catch(() => null)));
  return paths.filter((_, at) => found[at]?.isFile());
};

/** Brings a cell's worktree to a tree of the object store. */
export const moveTo = (
  tree: string,
  { planned }: StageInputs,
  { state, store, lock, signal, progress, work }: StageContext,
): Promise<void> =>
  moveWorktree(store, state.path('worktrees', planned.folder), tree, { lock, signal, progress, work });

/** What a cell's build is made of: worktree, build folder, compiler, options. */
export const buildRequest = (inputs: StageInputs, { state }: StageContext): BuildRequest => ({
  worktree: state.path('worktrees', inputs.planned.folder),
  buildDir: state.path('build', inputs.planned.folder),
  arch: findArch(inputs.planned.cell.arch),
  toolchain: inputs.planned.toolchain,
  fragments: inputs.planned.fragments,
  touched: touchedBy(inputs),
  modules: inputs.planned.modules,
});

/** What a build takes beside that. */
export const buildContext = async ({
  tools,
  lock,
  signal,
  progress,
  work,
  log,
}: StageContext): Promise<BuildContext> => ({
  ccache: await tools.ccache(),
  ...{ lock, signal, progress, work, log },
});
