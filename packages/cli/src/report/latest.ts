// SPDX-License-Identifier: MIT
import { randomBytes } from 'node:crypto';
import { rename, rm, symlink } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import type { State } from '@uio-msi/host';

/**
 * Makes `latest` in the state folder the report of a run, so that there is one page to come back to:
 * at every moment that of this run or of the one before.
 *
 * @param report the report's folder
 */
export const nameLatest = async (state: State, report: string): Promise<void> => {
  const latest = state.path('latest');
  const made = `${latest}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await symlink(relative(dirname(latest), report), made);
    await rename(made, latest);
  } finally {
    await rm(made, { force: true });
  }
};
