// SPDX-License-Identifier: MIT
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Does `work` with a folder for temporary files of its own, which must be empty again afterwards.
 * Not for several at once: the folder is the process's.
 */
export const withEmptyTemporary = async <T>(work: () => Promise<T>): Promise<T> => {
  const before = process.env['TMPDIR'];
  const dir = await mkdtemp(join(tmpdir(), 'uio-msi-temporary-'));
  process.env['TMPDIR'] = dir;
  const restore = () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  };
  const result = await work().finally(restore);
  const left = await readdir(dir);
  await rm(dir, { recursive: true });
  if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
  return result;
};
