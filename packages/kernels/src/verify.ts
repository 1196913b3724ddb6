// SPDX-License-Identifier: MIT
import { run } from '@uio-msi/host';
import type { Kernel, Source } from './catalogue/kernel.js';
import { ISOLATED } from './store/git.js';
import { findKernel } from './store/kernels.js';
import type { ObjectStore } from './store/open.js';

/** What was found of a kernel in the store. */
export interface Verified {
  readonly kernel: Kernel;
  /** `sound`; `absent`: not in the store; `damaged`: objects are missing or not what they were; `other`: from no source of the catalogue as it is now. */
  readonly state: 'sound' | 'absent' | 'damaged' | 'other';
  /** Where it came from, or what is wrong. */
  readonly text: string;
}

// What the store says of a kernel's source begins with these words (each kind's `obtain`).
const isFrom = (source: Source, text: string): boolean => {
  if (source.kind === 'git') return text === `git ${source.url} ${source.tag}`;
  if (source.sha256 !== undefined) return text.includes(`SHA-256 ${source.sha256} `);
  return source.kind === 'tarball' && text.startsWith(`tarball ${source.url},`);
};

/**
 * Looks at a kernel in the store: reads every object of its tree and compares its content with its
 * name, and what it was made from with what the catalogue says.
 *
 * @throws {Interrupted} when the signal aborts
 */
export const verifyKernel = async (
  store: ObjectStore,
  kernel: Kernel,
  signal?: AbortSignal,
): Promise<Verified> => {
  const found = await findKernel(store, kernel);
  if (!found) return { kernel, state: 'absent', text: 'not in the store' };
  const args = ['rev-list', '--objects', '--verify-objects', '--quiet', found.commit];
  const looked = await run('git', [`--git-dir=${store.gitDir}`, ...args], { env: ISOLATED, signal });
  // Of a content that is not what its name says, git complains and goes on.
  const [complaint] = looked.stderr.split('\n').filter((line) => /^(error|fatal): /.test(line));
  if (looked.exitCode !== 0 || complaint !== undefined)
    return { kernel, state: 'damaged', text: complaint ?? 'git was killed' };
  const same = kernel.sources.some((source) => isFrom(source, found.source));
  return { kernel, state: same ? 'sound' : 'other', text: found.source };
};
