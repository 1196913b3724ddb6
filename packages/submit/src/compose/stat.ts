// SPDX-License-Identifier: MIT
import { run } from '@uio-msi/host';
import { applySeries, type Patch } from '@uio-msi/series';

/**
 * The diffstat of patches together, as `git format-patch --cover-letter` has it (its widths are those
 * of MAIL_DEFAULT_WRAP and of make_cover_letter() in builtin/log.c).
 *
 * @param gitDir an object store, and the tree in it that the patches are for
 * @param below patches that must be there first
 * @returns empty when they do not apply
 */
export const cumulativeStat = async (
  { gitDir, tree }: { readonly gitDir: string; readonly tree: string },
  below: readonly Patch[],
  patches: readonly Patch[],
  signal?: AbortSignal,
): Promise<string> => {
  const from = below.length === 0 ? tree : (await applySeries(gitDir, tree, below, { signal })).tree;
  if (from === null) return '';
  const { tree: to } = await applySeries(gitDir, from, patches, { signal });
  if (to === null) return '';
  const { exitCode, stdout } = await run(
    'git',
    ['--git-dir', gitDir, 'diff', '--stat=72', '--summary', '--find-renames', from, to],
    { signal, env: { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' } },
  );
  return exitCode === 0 ? stdout : '';
};
