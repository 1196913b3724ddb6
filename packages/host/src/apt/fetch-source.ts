// SPDX-License-Identifier: MIT
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvironmentError } from '@uio-msi/model';
import { type FetchOptions, privateApt } from './private.js';

/** A source package of the Debian archive. */
export interface SourcePackage {
  readonly name: string;
  /** Debian's version: `7.2.6-1~bpo13+1`. */
  readonly version: string;
  readonly suite: string;
}

/**
 * Fetches the upstream tarball of a Debian source package with apt, from the mirror that this
 * machine uses, as anybody: all that is written is in `folder`. apt has verified it against the
 * archive's signed Release file.
 *
 * @returns the tarball's path, in `folder`
 * @throws {EnvironmentError} `command-not-found`, `no-debian-archive`, `apt-failed`
 * @throws {Interrupted} when the signal aborts
 */
export const fetchSourceTarball = async (
  { name, version, suite }: SourcePackage,
  folder: string,
  options: FetchOptions = {},
): Promise<string> => {
  const about = `${name} ${version} of ${suite}`;
  const apt = await privateApt(folder, { suite, type: 'deb-src', about }, options);
  const what = ['--download-only', '--tar-only', `${name}=${version}`];
  await apt.run('source package', 'apt-get', 'source', ...what);
  const [tarball] = (await readdir(apt.cwd)).filter((file) => TARBALL.test(file));
  if (tarball !== undefined) return join(apt.cwd, tarball);
  throw new EnvironmentError({
    code: 'apt-failed',
    message: `${name} ${version} of ${suite} has no upstream tarball`,
  });
};

const TARBALL = /\.orig\.tar\.\w+$/;

/** A version of a source package that a suite lists. The mirror need not serve it. */
export interface ListedSource {
  readonly version: string;
  /** Of the upstream tarball. */
  readonly sha256: string;
}

/**
 * The versions of a source package that a suite lists, with the checksum of each one's upstream
 * tarball, as the archive signed them.
 *
 * @throws {EnvironmentError} `command-not-found`, `no-debian-archive`, `apt-failed`
 * @throws {Interrupted} when the signal aborts
 */
export const listSources = async (
  { name, suite }: Omit<SourcePackage, 'version'>,
  folder: string,
  options: FetchOptions = {},
): Promise<readonly ListedSource[]> => {
  const about = `the versions of ${name} in ${suite}`;
  const apt = await privateApt(folder, { suite, type: 'deb-src', about }, options);
  const said = await apt.run('package lists', 'apt-cache', 'showsrc', '--only-source', name);
  return parseSources(said.join('\n'), name);
};

/** Reads stanzas of source packages (deb-src-control(5), deb-src-index) of one name. */
export const parseSources = (text: string, name: string): readonly ListedSource[] =>
  text.split(/\n(?=Package: )/).flatMap((stanza) => {
    const field = (key: string) => new RegExp(`^${key}: (\\S+)$`, 'm').exec(stanza)?.[1];
    const version = field('Version');
    const sums = /^Checksums-Sha256:.*((?:\n[ \t].*)*)/m.exec(stanza)?.[1] ?? '';
    const [, sha256] = /^ ([0-9a-f]{64}) \d+ \S+\.orig\.tar\.xz$/m.exec(sums) ?? [];
    if (field('Package') !== name || version === undefined || sha256 === undefined) return [];
    return [{ version, sha256 }];
  });
