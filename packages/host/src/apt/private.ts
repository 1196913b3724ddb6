// SPDX-License-Identifier: MIT
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvironmentError } from '@uio-msi/model';
import type { RunOptions } from '../process/options.js';
import { run } from '../process/run.js';
import { type PackageType, sourcesFile } from './archive.js';
import { type AptMachine, readAptMachine } from './machine.js';

/** What fetching needs beside what is to be fetched. */
export interface FetchOptions extends Pick<RunOptions, 'lock' | 'signal'> {
  readonly onProgress?: ((text: string, fraction: number) => void) | undefined;
}

// A mirror that cannot be reached is given up after this many seconds, unless the machine says otherwise.
const TIMEOUT = 10;

/**
 * Settings that keep apt to a folder of ours: of the machine's own, only those for downloads
 * remain, so that hooks (which may clean up in the system's folders) do not run.
 */
const settings = (folder: string, { architecture }: Wanted, { acquire }: AptMachine): string =>
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
    ...(architecture === undefined
      ? []
      : [`APT::Architecture "${architecture}";`, `APT::Architectures "${architecture}";`]),
    '',
  ].join('\n');

// dlstatus:1:33.3333:Retrieving file 1 of 1 (2min 3s remaining), progress.cc of apt
const STATUS = /^dlstatus:\d+:([\d.]+):(.*)$/;

/** The part of the archive that is wanted. */
export interface Wanted {
  readonly suite: string;
  readonly type: PackageType;
  /** As Debian names it; the machine's own where it is absent. */
  readonly architecture?: string;
  /** What it is for, as errors say it: `linux of trixie`. */
  readonly about: string;
}

/** This machine's apt, with its state, its lists and its downloads in a folder of ours. */
export interface PrivateApt {
  /** Where its commands run. */
  readonly cwd: string;
  /**
   * Runs a command of apt.
   *
   * @param what it does, for who waits
   * @returns its lines, but for those about progress
   * @throws {EnvironmentError} `apt-failed` with what apt complained about
   */
  readonly run: (what: string, command: 'apt-get' | 'apt-cache', ...args: string[]) => Promise<string[]>;
}

/**
 * Sets a folder up for packages of one suite of the archive that this machine uses, and brings
 * their lists: as anybody, everything written is in the folder. apt verifies the lists against
 * the archive's signed Release file, and with them what it downloads.
 *
 * @throws {EnvironmentError} `command-not-found`, `no-debian-archive`, `apt-failed`
 * @throws {Interrupted} when the signal aborts
 */
export const privateApt = async (
  folder: string,
  wanted: Wanted,
  { onProgress, ...options }: FetchOptions,
): Promise<PrivateApt> => {
  const { suite, type, about } = wanted;
  const machine = await readAptMachine(suite);
  const config = join(folder, 'apt.conf');
  const cwd = join(folder, 'fetched');
  for (const made of ['sources', 'state/lists/partial', 'cache/archives/partial', 'fetched'])
    await mkdir(join(folder, made), { recursive: true });
  await writeFile(config, settings(folder, wanted, machine));
  await writeFile(join(folder, 'sources', 'debian.sources'), sourcesFile(machine.archive, suite, type));

  const apt: PrivateApt['run'] = async (what, command, ...args) => {
    const said: string[] = [];
    const complaints: string[] = [];
    const onLine = (line: string) => {
      const [, percent, text = ''] = STATUS.exec(line) ?? [];
      if (percent !== undefined) onProgress?.(`${what}: ${text}`, Number(percent) / 100);
      else if (line.startsWith('E: ')) complaints.push(line.slice(3));
      else said.push(line);
    };
    const env = { APT_CONFIG: config, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
    const { exitCode } = await run(command, ['-q', ...args], { ...options, onLine, env, cwd });
    if (exitCode === 0) return said;
    throw new EnvironmentError({
      code: 'apt-failed',
      message: `apt could not fetch ${about}`,
      why: complaints.at(0),
    });
  };
  await apt('package lists', 'apt-get', 'update');
  return { cwd, run: apt };
};
