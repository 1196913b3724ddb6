// SPDX-License-Identifier: MIT
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvironmentError } from '@uio-msi/model';
import type { RunOptions } from '../process/options.js';
import { run } from '../process/run.js';
import { sourcesFile } from './archive.js';
import { type AptMachine, readAptMachine } from './machine.js';

/** A source package of the Debian archive. */
export interface SourcePackage {
  readonly name: string;
  /** Debian's version: `7.2.6-1~bpo13+1`. */
  readonly version: string;
  readonly suite: string;
}

/** What fetching needs beside that. */
export interface FetchOptions extends Pick<RunOptions, 'lock' | 'signal'> {
  readonly onProgress?: ((text: string, fraction: number) => void) | undefined;
}

// A mirror that cannot be reached is given up after this many seconds, unless the machine says otherwise.
const TIMEOUT = 10;

/**
 * Settings that keep apt to a folder of ours: of the machine's own, only those for downloads
 * remain, so that hooks (which may clean up in the system's folders) do not run.
 */
const settings = (folder: string, { acquire }: AptMachine): string =>
  [
    `Acquire::http::Timeout "${TIMEOUT}";`,
    `Acquire::https::Timeout "${TIMEOUT}";`,
    ...acquire,
    `Dir::Etc::main "/dev/null";`,
    `Dir::Etc::parts "/dev/null";`,
    `Dir::Etc::sourcelist "/dev/null";`,
    `Dir::Etc::sourceparts "${folder}/sources";`,
    `Dir::State "${folder}/state";`,
    `Dir::Cache "${folder}/cache";`,
    'APT::Update::Error-Mode "any";',
    'APT::Status-Fd "1";',
    '',
  ].join('\n');

// dlstatus:1:33.3333:Retrieving file 1 of 1 (2min 3s remaining), progress.cc of apt
const STATUS = /^dlstatus:\d+:([\d.]+):(.*)$/;

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
  source: SourcePackage,
  folder: string,
  { onProgress, ...options }: FetchOptions = {},
): Promise<string> => {
  const machine = await readAptMachine(source.suite);
  const config = join(folder, 'apt.conf');
  const tarballs = join(folder, 'tarballs');
  for (const made of ['sources', 'state/lists/partial', 'cache/archives/partial', 'tarballs'])
    await mkdir(join(folder, made), { recursive: true });
  await writeFile(config, settings(folder, machine));
  await writeFile(join(folder, 'sources', 'debian.sources'), sourcesFile(machine.archive, source.suite));

  const apt = async (what: string, ...args: string[]): Promise<void> => {
    const complaints: string[] = [];
    const onLine = (line: string) => {
      const [, percent, text = ''] = STATUS.exec(line) ?? [];
      if (percent !== undefined) onProgress?.(`${what}: ${text}`, Number(percent) / 100);
      if (line.startsWith('E: ')) complaints.push(line.slice(3));
    };
    const env = { APT_CONFIG: config, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
    const { exitCode } = await run('apt-get', ['-q', ...args], { ...options, onLine, env, cwd: tarballs });
    if (exitCode !== 0)
      throw new EnvironmentError({
        code: 'apt-failed',
        message: `apt could not fetch ${source.name} ${source.version} of ${source.suite}`,
        why: complaints.at(0),
      });
  };
  await apt('package lists', 'update');
  await apt('source package', 'source', '--download-only', '--tar-only', `${source.name}=${source.version}`);
  const [tarball] = (await readdir(tarballs)).filter((name) => /\.orig\.tar\.\w+$/.test(name));
  if (tarball !== undefined) return join(tarballs, tarball);
  throw new EnvironmentError({
    code: 'apt-failed',
    message: `${source.name} ${source.version} of ${source.suite} has no upstream tarball`,
  });
};
