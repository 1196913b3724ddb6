// SPDX-License-Identifier: MIT
import { dirname } from 'node:path';
import { run } from '@uio-msi/host';
import { ensureKernel, type Kernel, type KernelContext, type ObjectStore } from '@uio-msi/kernels';
import { EnvironmentError, isApplied, UserError } from '@uio-msi/model';
import { applySeries, compareLines, patchesFor, type Series, touchedPaths } from '@uio-msi/series';
import type { LineSource, ModuleSource, SourceFile } from './source.js';

/**
 * Applies the series to each kernel in the object store, and takes from the trees what the modules
 * are built from: one C file each, and the headers that the series touches: the kernel's, and those beside the modules.
 *
 * @throws {UserError} `series-does-not-apply`
 * @throws {EnvironmentError} `kernel-unavailable`, `module-not-one-file`
 */
export const collectModules = async (
  series: Series,
  kernels: readonly Kernel[],
  store: ObjectStore,
  ctx: KernelContext,
): Promise<ModuleSource> => {
  const modules = series.modules.map((module) => module.replace(/\.ko$/, '.c'));
  const lines: LineSource[] = [];
  for (const kernel of [...kernels].sort((a, b) => compareLines(b.line, a.line)))
    lines.push(await sourcesOn(kernel, { series, modules, store, ctx }));
  return { series: series.name, revision: series.revision, modules, lines };
};

interface Wanted {
  readonly series: Series;
  readonly modules: readonly string[];
  readonly store: ObjectStore;
  readonly ctx: KernelContext;
}

const sourcesOn = async (kernel: Kernel, { series, modules, store, ctx }: Wanted): Promise<LineSource> => {
  const base = await ensureKernel(store, kernel, ctx);
  const patches = patchesFor(series, kernel.line);
  const applied = await applySeries(store.gitDir, base.tree, patches, ctx);
  const { tree } = applied;
  if (tree === null) {
    const bad = applied.patches.find(({ status }) => !isApplied(status));
    throw new UserError({
      code: 'series-does-not-apply',
      message: `${series.name} does not apply to linux ${kernel.version}`,
      why: bad && `${bad.file}: ${bad.status}`,
      next: `./uio-msi series apply --kernels ${kernel.line}`,
    });
  }
  const folders = modules.map((path) => dirname(path));
  const headers = patches
    .flatMap(touchedPaths)
    .filter(
      (path) => path.endsWith('.h') && (path.startsWith('include/') || folders.includes(dirname(path))),
    );
  const paths = [...modules, ...new Set(headers)].sort();
  const files = await Promise.all(paths.map((path) => readFrom(store.gitDir, tree, path)));
  return { line: kernel.line, version: kernel.version, files };
};

/**
 * What is taken from a tree: the modules, and of what the series touches the headers that they
 * include: the kernel's, and those beside them. Pure.
 */
export const pathsOf = (modules: readonly string[], touched: readonly string[]): readonly string[] => {
  const folders = modules.map((path) => dirname(path));
  const headers = touched.filter(
    (path) => path.endsWith('.h') && (path.startsWith('include/') || folders.includes(dirname(path))),
  );
  return [...modules, ...new Set(headers)].sort();
};

const readFrom = async (gitDir: string, tree: string, path: string): Promise<SourceFile> => {
  const { exitCode, stdout } = await run('git', ['--git-dir', gitDir, 'cat-file', 'blob', `${tree}:${path}`]);
  if (exitCode === 0) return { path, text: stdout };
  throw new EnvironmentError({
    code: 'module-not-one-file',
    message: `${path} is not in the tree that the series gives`,
    why: 'a module is built out of tree from one C file of its own name',
  });
};
