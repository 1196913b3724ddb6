// SPDX-License-Identifier: MIT
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '@uio-msi/model';
import { loadSeries, recoverSeries, type Series } from '@uio-msi/series';

/** The names of the series in a checkout. */
export const seriesNames = async (root: string): Promise<string[]> => {
  const entries = await readdir(join(root, 'patches'), { withFileTypes: true });
  // A folder that is hidden is one that is being made.
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name);
};

/**
 * Loads a series by its name in `patches/`, or from a folder when the name has a slash.
 *
 * @throws {UserError} `unknown-series`, and what loadSeries throws
 */
export const openSeries = async (root: string, name: string): Promise<Series> => {
  if (name.includes('/')) return recovered(resolve(name));
  const names = await seriesNames(root);
  if (names.includes(name)) return recovered(join(root, 'patches', name));
  throw new UserError({
    code: 'unknown-series',
    message: `there is no series ${name}`,
    next: `choose from ${names.join(', ')}, or give the path of a folder: ./${name}`,
  });
};

const recovered = async (dir: string): Promise<Series> => {
  await recoverSeries(dir);
  return loadSeries(dir);
};
