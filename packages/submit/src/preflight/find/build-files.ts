// SPDX-License-Identifier: MIT
import { basename, dirname, posix } from 'node:path';
import { run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import { type Patch, touchedPaths } from '@uio-msi/series';
import type { BuildFiles } from '../kbuild.js';
import { newSources } from '../revision.js';

/**
 * The Makefiles and Kconfig files of a tree that could build what patches add: those beside a new source, in the
 * folders above it, and whatever else of the kind the patches touch.
 *
 * @throws {EnvironmentError} `file-unreadable`
 */
export const findBuildFiles = async (
  gitDir: string,
  tree: string,
  patches: readonly Patch[],
): Promise<BuildFiles> => {
  const folders = new Set<string>();
  for (const path of patches.flatMap(newSources))
    for (let folder = dirname(path); !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  if (folders.size === 0) return new Map();
  const beside = [...folders].flatMap((folder) =>
    ['Makefile', 'Kbuild', 'Kconfig*'].map((name) => posix.join(folder, name)),
  );
  const touched = patches
    .flatMap(touchedPaths)
    .filter((path) => /^(?:Makefile|Kbuild|Kconfig.*)$/.test(basename(path)));
  // One process for all of them: every line, behind its file's name.
  const specs = [...new Set([...beside, ...touched])].map((path) => `:(glob)${path}`);
  const args = ['--git-dir', gitDir, 'grep', '-z', '-I', '--no-color', '-e', '', tree, '--', ...specs];
  const { exitCode, stdout, stderr } = await run('git', args, { env: { LC_ALL: 'C' } });
  if (exitCode !== 0 && exitCode !== 1)
    throw new EnvironmentError({
      code: 'file-unreadable',
      message: 'the Makefiles of the patched tree cannot be read',
      why: stderr.trim(),
      next: 'if store.git in the state folder is damaged, remove it: it is made again',
    });
  const files = new Map<string, string[]>();
  for (const line of stdout.split('\n')) {
    const end = line.indexOf('\0');
    const path = line.slice(tree.length + 1, end);
    if (end < 1) continue;
    const lines = files.get(path);
    if (lines) lines.push(line.slice(end + 1));
    else files.set(path, [line.slice(end + 1)]);
  }
  return new Map([...files].map(([path, lines]) => [path, `${lines.join('\n')}\n`]));
};
