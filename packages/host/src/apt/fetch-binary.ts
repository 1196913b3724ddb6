// SPDX-License-Identifier: MIT
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvironmentError } from '@uio-msi/model';
import { type FetchOptions, privateApt } from './private.js';

/** Binary packages of the Debian archive, for any architecture. */
export interface BinaryPackages {
  readonly names: readonly string[];
  readonly suite: string;
  /** As Debian names it: `arm64`. */
  readonly architecture: string;
}

/**
 * Fetches binary packages with apt, from the mirror that this machine uses, as anybody: nothing is
 * installed, and all that is written is in `folder`. apt has verified them against the archive's
 * signed Release file.
 *
 * @returns their paths, in `folder`
 * @throws {EnvironmentError} `command-not-found`, `no-debian-archive`, `apt-failed`
 * @throws {Interrupted} when the signal aborts
 */
export const fetchBinaryPackages = async (
  { names, suite, architecture }: BinaryPackages,
  folder: string,
  options: FetchOptions = {},
): Promise<readonly string[]> => {
  const about = `${names.join(' ')} of ${suite} for ${architecture}`;
  const apt = await privateApt(folder, { suite, type: 'deb', architecture, about }, options);
  await apt.run('packages', 'apt-get', 'download', ...names);
  const fetched = (await readdir(apt.cwd)).filter((file) => file.endsWith('.deb')).sort();
  const missing = names.filter((name) => !fetched.some((file) => file.startsWith(`${name}_`)));
  if (missing.length === 0) return fetched.map((file) => join(apt.cwd, file));
  throw new EnvironmentError({
    code: 'apt-failed',
    message: `apt brought no ${missing.join(' ')} of ${suite} for ${architecture}`,
  });
};
