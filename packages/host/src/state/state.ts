// SPDX-License-Identifier: MIT
import { access, constants, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EnvironmentError } from '@uio-msi/model';
import { makeFolder } from '../files/folder.js';

/** The folder for all that is heavy and can be made again. */
export interface State {
  readonly dir: string;
  /** A path inside it. */
  path(...parts: string[]): string;
}

/**
 * Opens the state folder, making it when it is not there.
 *
 * @throws {EnvironmentError} `state-not-writable` when it cannot be written
 */
export const openState = async (folder: string): Promise<State> => {
  const dir = resolve(folder);
  try {
    await makeFolder(dir);
    await access(dir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new EnvironmentError({
      code: 'state-not-writable',
      message: `the state folder ${dir} cannot be written`,
      why: (error as Error).message,
      next: 'name another with --state DIR or UIO_MSI_STATE',
    });
  }
  return { dir, path: (...parts) => join(dir, ...parts) };
};

/**
 * Makes sure that a folder's file system has room.
 *
 * @param needed bytes
 * @throws {EnvironmentError} `disk-full` when there is less
 */
export const requireSpace = async (dir: string, needed: number, what: string): Promise<void> => {
  const { bavail, bsize } = await statfs(dir);
  const free = bavail * bsize;
  if (free >= needed) return;
  throw new EnvironmentError({
    code: 'disk-full',
    message: `${what} needs ${gib(needed)} and ${dir} has ${gib(free)} left`,
    next: 'free some space there, or name a folder on another disk with --state DIR or UIO_MSI_STATE',
  });
};

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
