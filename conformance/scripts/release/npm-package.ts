// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Entry } from '../../src/archive/entry.js';
import { untar } from '../../src/archive/untar.js';

/** A package as a lock file pins it. */
interface Pinned {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity: `sha512-…`. */
  readonly integrity: string;
}

/** What a lock file says of a package, which need not be for this platform. */
export const pinnedIn = (lockFile: string, name: string): Pinned => {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
  const { version, integrity } = packages[`node_modules/${name}`] ?? {};
  if (typeof integrity !== 'string' || !integrity.startsWith('sha512-'))
    throw new Error(`${lockFile} does not pin ${name}`);
  return { name, version, integrity };
};

/** The files of a package, from the registry or the cache; refused unless it is the one that was pinned. */
export const filesOf = ({ name, version, integrity }: Pinned, cache: string): readonly Entry[] => {
  const kept = join(cache, `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`);
  if (!existsSync(kept)) download(`${name}@${version}`, cache, kept);
  const packed = readFileSync(kept);
  const found = `sha512-${createHash('sha512').update(packed).digest('base64')}`;
  if (found !== integrity)
    throw new Error(`${kept} is ${found}, and ${integrity} was pinned. Remove it, and try again`);
  return untar(gunzipSync(packed)).map((entry) => ({ ...entry, path: entry.path.replace(/^[^/]+\//, '') }));
};

const download = (spec: string, cache: string, kept: string): void => {
  mkdirSync(cache, { recursive: true });
  const args = ['pack', spec, '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', cache];
  const [{ filename }] = JSON.parse(execFileSync('npm', args, { encoding: 'utf8' }));
  renameSync(join(cache, filename), kept);
};
