// SPDX-License-Identifier: MIT
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildContext, type BuildRequest, findArch } from '@uio-msi/build';
import { moveWorktree } from '@uio-msi/kernels';
import { touchedPaths } from '@uio-msi/series';
import type { StageContext, StageInputs } from '../stage/stage.js';

/** The paths that a cell's patches touch, each once. */
export const touchedBy = ({ planned }: StageInputs): readonly string[] => [
  ...new Set(planned.patches.flatMap(touchedPaths)),
];

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
