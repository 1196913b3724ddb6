// SPDX-License-Identifier: MIT
import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { ensureKernel, openStore, selectKernels } from '@uio-msi/kernels';
import { UserError } from '@uio-msi/model';
import type { KernelBase, Series, WorkContext } from '@uio-msi/series';
import type { World } from '../world/world.js';
import { openCatalogue } from './choose.js';
import { openSeries } from './series.js';

/** What names a worktree of a series. */
export interface WorkOptions {
  readonly series: string;
  /** A line or a version; absent for the line that the series is made for. */
  readonly kernel?: string | undefined;
  readonly dir?: string;
}

/** A worktree that was named, whether it is there or not. */
export interface NamedWork {
  readonly series: Series;
  readonly line: string;
  readonly version: string;
  readonly dir: string;
  /** Brings the kernel into the store, where it is not there. */
  readonly open: () => Promise<{ kernel: KernelBase; context: WorkContext }>;
}

/** Where worktrees are, unless another folder is named: what is done there is nowhere else. */
export const workFolder = (root: string): string => join(root, 'linux-tree/edit');

/**
 * Finds the worktree that options name.
 *
 * @throws {UserError} for a series or a kernel that is not there
 */
export const nameWork = async (options: WorkOptions, world: World): Promise<NamedWork> => {
  const series = await openSeries(world.root, options.series);
  const catalogue = await openCatalogue(world.root);
  const kernel = selectKernels(catalogue, [options.kernel ?? series.base])[0];
  if (!kernel) throw new Error('a kernel was selected and is not there');
  const folder = workFolder(world.root);
  const dir = resolve(options.dir ?? join(folder, `${basename(series.dir)}-${kernel.version}`));
  return {
    series,
    line: kernel.line,
    version: kernel.version,
    dir,
    open: async () => {
      const { installRunTools } = await import('./tools.js');
      const state = await world.openState();
      await installRunTools(world);
      const store = await openStore(state);
      const { commit } = await ensureKernel(store, kernel, world);
      return {
        kernel: { line: kernel.line, version: kernel.version, commit },
        context: { store: store.gitDir, memory: join(folder, 'resolutions'), ...workContext(world) },
      };
    },
  };
};

/**
 * The worktree of a rebase under way: the one that options name, or the only one there is.
 *
 * @throws {UserError} `rebase-none`, `rebase-several`
 */
export const findRebase = async (
  options: WorkOptions,
  world: World,
): Promise<{ readonly series: Series; readonly dir: string }> => {
  if (options.kernel ?? options.dir) return nameWork(options, world);
  const { isRebasing } = await import('@uio-msi/series');
  const series = await openSeries(world.root, options.series);
  const folder = workFolder(world.root);
  const names = await readdir(folder).catch(() => []);
  const dirs: string[] = [];
  for (const name of names) if (await isRebasing(join(folder, name), series)) dirs.push(join(folder, name));
  const [dir] = dirs;
  if (dir !== undefined && dirs.length === 1) return { series, dir };
  throw new UserError({
    code: dir === undefined ? 'rebase-none' : 'rebase-several',
    message:
      dir === undefined ? `${series.name} is in no rebase` : `${series.name} is in more than one rebase`,
    why: dirs.length > 1 ? dirs.join(', ') : undefined,
    next: dir === undefined ? 'begin one: ./uio-msi series rebase KERNEL' : 'name its folder: --dir DIR',
  });
};

/** What every command that works in a worktree is told. */
export const workContext = ({ signal }: World): Pick<WorkContext, 'now' | 'signal'> => ({
  now: Math.floor(Date.now() / 1000),
  signal,
});
