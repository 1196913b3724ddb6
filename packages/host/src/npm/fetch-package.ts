// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvironmentError } from '@uio-msi/model';
import type { RunOptions } from '../process/options.js';
import { run } from '../process/run.js';

/** A package of npm's registry, as a lock file pins it. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity: `sha512-…`. */
  readonly integrity: string;
}

/**
 * What a lock file says of a package, which need not be for this machine.
 *
 * @throws {TypeError} when it does not pin it: the lock file is one of ours
 */
export const pinnedIn = (lockFile: string, name: string): PinnedPackage => {
  const { version, integrity } = JSON.parse(lockFile).packages[`node_modules/${name}`] ?? {};
  if (typeof version === 'string' && typeof integrity === 'string' && integrity.startsWith('sha512-'))
    return { name, version, integrity };
  throw new TypeError(`the lock file does not pin ${name}`);
};

/**
 * Fetches a package with npm, from the registry that this machine uses, and runs nothing of it.
 *
 * @param folder a folder of its own
 * @returns the path of the tarball, which is the one that was pinned
 * @throws {EnvironmentError} `command-not-found` without npm; `npm-failed`
 * @throws {Interrupted} when the signal aborts
 */
export const fetchPackage = async (
  { name, version, integrity }: PinnedPackage,
  folder: string,
  options: Pick<RunOptions, 'lock' | 'signal'> = {},
): Promise<string> => {
  const spec = `${name}@${version}`;
  await mkdir(folder, { recursive: true });
  const quiet = ['--ignore-scripts', '--no-update-notifier', '--loglevel=error'];
  const { exitCode, stderr } = await run('npm', ['pack', spec, ...quiet], { ...options, cwd: folder });
  const failed = (why: string | undefined, next: string) =>
    new EnvironmentError({ code: 'npm-failed', message: `npm could not fetch ${spec}`, why, next });
  const [file] = (await readdir(folder)).filter((one) => one.endsWith('.tgz'));
  if (exitCode !== 0 || file === undefined)
    throw failed(stderr.trim().split('\n')[0], 'check the network and npm config get registry');
  const path = join(folder, file);
  const found = `sha512-${createHash('sha512')
    .update(await readFile(path))
    .digest('base64')}`;
  if (found === integrity) return path;
  throw failed(`${found} came, and ${integrity} is pinned`, 'try again, or from another registry');
};
