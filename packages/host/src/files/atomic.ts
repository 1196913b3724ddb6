// SPDX-License-Identifier: MIT
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from './folder.js';
import { explainRefusal } from './refusal.js';

/** Brings a folder's entries to the disk: a rename counts only then. */
export const syncFolder = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/**
 * Writes a file so that a reader, or whoever comes after a power cut, sees the old content or
 * the new, never a part: temporary name in the same folder, fsync, rename, fsync of the folder.
 * Missing folders are made.
 *
 * @param content in pieces where it may be longer than Node.js has texts
 * @throws {EnvironmentError} `disk-full`, `state-not-writable`
 */
export const writeAtomic = async (path: string, content: Content): Promise<void> => {
  try {
    await replace(path, content);
  } catch (error) {
    throw explainRefusal(error, dirname(path));
  }
};

type Content = string | Uint8Array | Iterable<string>;

const replace = async (path: string, content: Content): Promise<void> => {
  await makeFolder(dirname(path));
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await writeFile(handle, content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
};

/** The text of a file, or null when there is none. */
export const readIfThere = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};
