// SPDX-License-Identifier: MIT
import { type Lock, output, run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import { git, ISOLATED } from '../store/git.js';
import type { ObjectStore } from '../store/open.js';
import { fastImport } from './fast-import.js';
import { readMembers } from './members.js';
import { readVerified } from './verified.js';

/** What importing needs beside its input. */
export interface ImportContext {
  /** The store's lock. */
  readonly lock: Lock;
  readonly signal?: AbortSignal | undefined;
  readonly onFraction: (fraction: number) => void;
}

// Deltas against whatever file came before cost half of the time and save nothing; compression 1
// takes a third of the time of the default for a fifth more space.
const FAST_IMPORT = [
  '-c',
  'core.compression=1',
  '-c',
  'core.fsync=all',
  'fast-import',
  '--quiet',
  '--done',
  '--force',
  '--depth=0',
];

/**
 * Puts the tree of a .tar.xz into the store, as one stream: read and verify, decompress, take
 * apart, hand to git. git is told that the tree is whole only when all of that came to its end.
 *
 * @param name for the ref that keeps the import until it is named
 * @returns the tree's object id
 * @throws {EnvironmentError} `checksum-mismatch`, `tarball-refused`, `command-failed` (xz), `import-failed`
 */
export const importTarball = async (
  store: ObjectStore,
  tarball: { readonly path: string; readonly sha256: string },
  name: string,
  { lock, signal, onFraction }: ImportContext,
): Promise<string> => {
  const ref = `refs/imports/${name}`;
  const compressed = readVerified(tarball.path, tarball.sha256, onFraction);
  const tar = output('xz', ['--decompress', '--stdout'], { input: compressed, lock, signal });
  const result = await run('git', [`--git-dir=${store.gitDir}`, ...FAST_IMPORT], {
    input: fastImport(readMembers(tar), ref),
    env: ISOLATED,
    lock,
    signal,
  });
  if (result.exitCode !== 0)
    throw new EnvironmentError({
      code: 'import-failed',
      message: 'git could not import the tarball',
      why: result.stderr.trim().split('\n')[0] || 'it was killed',
    });
  return await git(store.gitDir, 'rev-parse', '--verify', `${ref}^{tree}`);
};
