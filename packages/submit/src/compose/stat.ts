// SPDX-License-Identifier: MIT
import { run } from '@uio-msi/host';
import { applyOnce, type Patch } from '@uio-msi/series';
import type { Place } from '../preflight/find/place.js';

/**
 * The diffstat of patches together, as `git format-patch --cover-letter` has it (its widths are those
 * of MAIL_DEFAULT_WRAP and of make_cover_letter() in builtin/log.c).
 *
 * @returns empty when they do not apply
 */
export const cumulativeStat = async (place: Place, patches: readonly Patch[]): Promise<string> => {
  const { gitDir, base, signal } = place;
  const { tree } = await applyOnce(place, base, patches, { signal });
  if (tree === null) return '';
  const { exitCode, stdout } = await run(
    'git',
    ['--git-dir', gitDir, 'diff', '--stat=72', '--summary', '--find-renames', base, tree],
    { signal, env: { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' } },
  );
  return exitCode === 0 ? stdout : '';
};
