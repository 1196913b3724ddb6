// SPDX-License-Identifier: MIT
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvironmentError } from '@uio-msi/model';
import { readIfThere } from '../files/atomic.js';
import { run } from '../process/run.js';
import { type Archive, findArchive } from './archive.js';
import { type AptEntry, parseDeb822, parseOneLine } from './sources.js';

/** What a machine's apt is told. */
export interface AptMachine {
  readonly archive: Archive;
  /** Its settings for downloads (proxies, certificates, time limits), in the syntax of apt.conf(5). */
  readonly acquire: readonly string[];
}

const read = async (path: string, parse: (text: string) => AptEntry[]): Promise<AptEntry[]> =>
  parse((await readIfThere(path)) ?? '');

const readEntries = async (list: string, parts: string): Promise<AptEntry[]> => {
  const names = (await readdir(parts).catch(() => [])).toSorted();
  const files = await Promise.all([
    read(list, parseOneLine),
    ...names.filter((name) => name.endsWith('.list')).map((name) => read(join(parts, name), parseOneLine)),
    ...names.filter((name) => name.endsWith('.sources')).map((name) => read(join(parts, name), parseDeb822)),
  ]);
  return files.flat();
};

// LIST='/etc/apt/sources.list'
const assigned = (shell: string, name: string): string =>
  new RegExp(`^${name}='(.*)'$`, 'm').exec(shell)?.[1] ?? '/dev/null';

const codename = async (): Promise<string> =>
  /^VERSION_CODENAME="?(\w+)/m.exec((await readIfThere('/etc/os-release')) ?? '')?.[1] ?? 'sid';

/**
 * Reads how this machine reaches the Debian archive.
 *
 * @param suite what is wanted of it
 * @throws {EnvironmentError} `command-not-found` without apt; `no-debian-archive`
 */
export const readAptMachine = async (suite: string): Promise<AptMachine> => {
  const [paths, dump] = await Promise.all([
    run('apt-config', ['shell', 'LIST', 'Dir::Etc::sourcelist/f', 'PARTS', 'Dir::Etc::sourceparts/d']),
    run('apt-config', ['dump']),
  ]);
  const entries = await readEntries(assigned(paths.stdout, 'LIST'), assigned(paths.stdout, 'PARTS'));
  const archive = findArchive(entries, await codename(), suite);
  if (!archive)
    throw new EnvironmentError({
      code: 'no-debian-archive',
      message: `this machine's apt does not know the Debian archive that has ${suite}`,
      why: suite.endsWith('-security')
        ? 'none of its sources has a security suite and the component main'
        : 'none of its sources has the release itself and the component main',
    });
  return { archive, acquire: dump.stdout.split('\n').filter((line) => line.startsWith('Acquire::')) };
};
