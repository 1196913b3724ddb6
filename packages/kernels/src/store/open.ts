// SPDX-License-Identifier: MIT
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import type { State } from '@uio-msi/host';
import { git } from './git.js';

/** The bare git repository that has the trees of all kernels. */
export interface ObjectStore {
  readonly gitDir: string;
  readonly state: State;
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/**
 * Opens the object store, making it when it is not there: beside its place, then moved, so that
 * there is a whole one or none.
 */
export const openStore = async (state: State): Promise<ObjectStore> => {
  const gitDir = state.path('store.git');
  if (!(await isThere(gitDir))) await makeStore(gitDir);
  return { gitDir, state };
};

const makeStore = async (gitDir: string): Promise<void> => {
  const temporary = `${gitDir}.${randomUUID()}`;
  await mkdir(temporary);
  try {
    // No template: no hooks. No collection: trees that series gave are not referenced by anything.
    await git(temporary, 'init', '--quiet', '--bare', '--template=');
    await git(temporary, 'config', 'gc.auto', '0');
    await rename(temporary, gitDir);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // Somebody else was as quick.
    if (!(await isThere(gitDir))) throw error;
  }
};
