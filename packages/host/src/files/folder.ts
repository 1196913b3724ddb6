// SPDX-License-Identifier: MIT
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it. Node's own recursive mkdir never returns where a file system
 * answers ENOENT although the parent is there, as /proc does.
 *
 * @throws {Error} the system's error
 */
export const makeFolder = async (dir: string): Promise<void> => {
  if (await isFolder(dir)) return;
  if (dirname(dir) !== dir) await makeFolder(dirname(dir));
  try {
    await mkdir(dir);
  } catch (error) {
    if (!(await isFolder(dir))) throw error; // else somebody else made it just now
  }
};

const isFolder = async (path: string): Promise<boolean> => {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ?? false;
};
