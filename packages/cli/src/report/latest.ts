// SPDX-License-Identifier: MIT
import { randomBytes } from 'node:crypto';
import { rename, rm, symlink } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import type { State } from '@uio-msi/host';
import type { World } from '../world/world.js';

/**
 * Makes `latest` in the state folder the report of a run, so that there is one page to come back to: at
 * every moment that of this run or of the one before. Where it cannot be made that is noted: the run is
 * told all the same, so this comes last.
 *
 * @param report the report's folder
 */
export const nameLatest = async (
  state: State,
  report: string,
  { progress }: Pick<World, 'progress'>,
): Promise<void> => {
  const latest = state.path('latest');
  const made = `${latest}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await symlink(relative(dirname(latest), report), made);
    await rename(made, latest);
  } catch (error) {
    await rm(made, { force: true });
    progress({ type: 'note', text: `${latest} does not lead to ${report}: ${(error as Error).message}` });
  }
};
