// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { contentKey, markUsed, type RunOptions, run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import type { Check, CheckContext } from '../check.js';

/** Which files of which tree are wanted. */
export interface KernelFiles {
  /** The object store. */
  readonly gitDir: string;
  /** Id of a tree in it. */
  readonly tree: string;
  /** What the checks read is wanted. */
  readonly checks: readonly Check[];
  /** Files and folders that are wanted too, such as those that patches touch; the tree may lack some. */
  readonly paths: readonly string[];
  /** The folder that keeps what was exported, one folder for each content. */
  readonly cache: string;
}

/**
 * Gives a folder with some files of a tree: what the checks need, without a worktree of the whole
 * kernel. It is made once, under a temporary name, and found again by its content key.
 *
 * @returns the folder, to be used as a check's `kernelDir`
 * @throws {EnvironmentError} `export-failed`
 * @throws {Interrupted} when the signal aborts
 */
export const ensureKernelFiles = async (
  { gitDir, tree, checks, paths, cache }: KernelFiles,
  { signal }: CheckContext = {},
): Promise<string> => {
  const wanted = [...new Set([...checks.flatMap(({ reads }) => reads), ...paths])].toSorted();
  const folder = join(resolve(cache), contentKey({ tree, wanted }).slice(0, 16));
  if (await stat(folder).catch(() => null)) {
    markUsed(folder);
    return folder;
  }
  await mkdir(cache, { recursive: true });
  const temporary = await mkdtemp(`${folder}.tmp-`);
  const git = (args: readonly string[], input?: string) =>
    runGit(args, {
      cwd: temporary,
      env: {
        GIT_DIR: resolve(gitDir),
        GIT_WORK_TREE: temporary,
        GIT_INDEX_FILE: `${temporary}.index`,
        // A user's core.autocrlf would change what is written.
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_LITERAL_PATHSPECS: '1',
        LC_ALL: 'C',
      },
      signal,
      ...(input === undefined ? {} : { input }),
    });
  try {
    const entries = await git(['ls-tree', '-r', '-z', '--full-tree', tree, '--', ...wanted]);
    await git(['update-index', '-z', '--index-info'], entries);
    await git(['checkout-index', '--all']);
    for (const { prepare } of checks) await prepare?.(temporary, { signal });
    // Whoever finds the folder trusts it: what is in it has to be on disk before its name is.
    await run('sync', ['--file-system', temporary], { signal });
    await rename(temporary, folder).catch(async (error) => {
      // Another process was faster: what it made is the same.
      if (!(await stat(folder).catch(() => null))) throw error;
    });
    return folder;
  } finally {
    await rm(temporary, { recursive: true, force: true });
    await rm(`${temporary}.index`, { force: true });
  }
};

const runGit = async (args: readonly string[], options: RunOptions): Promise<string> => {
  const { exitCode, stdout, stderr } = await run('git', args, options);
  if (exitCode === 0) return stdout;
  throw new EnvironmentError({
    code: 'export-failed',
    message: "the kernel's files for the checks could not be exported",
    why: stderr.trim(),
    next: 'free some space; if store.git in the state folder is damaged, remove it: it is made again',
  });
};
