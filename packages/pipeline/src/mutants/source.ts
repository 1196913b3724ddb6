// SPDX-License-Identifier: MIT
import { run } from '@uio-msi/host';
import type { ObjectStore } from '@uio-msi/kernels';

/**
 * Files of a tree of the object store, by path.
 *
 * @throws {Error} when one is not there: the caller knows the tree
 */
export const readSources = async (
  { gitDir }: Pick<ObjectStore, 'gitDir'>,
  tree: string,
  paths: readonly string[],
): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    await Promise.all(
      paths.map(async (path) => {
        const { exitCode, stdout, stderr } = await run('git', [
          '--git-dir',
          gitDir,
          'show',
          `${tree}:${path}`,
        ]);
        if (exitCode !== 0) throw new Error(`no ${path} in ${tree}: ${stderr}`);
        return [path, stdout] as const;
      }),
    ),
  );
