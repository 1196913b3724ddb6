// SPDX-License-Identifier: MIT
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Patch } from '../patch/patch.js';
import { commitPatches } from '../work/commits.js';
import { dateOf } from '../work/edit.js';
import { formatCommits } from '../work/format.js';
import { must, workGit } from '../work/git.js';
import type { KernelBase } from '../work/make.js';

/** What patch files are written of. */
export interface Wanted {
  readonly kernel: KernelBase;
  /** The object store that has it. */
  readonly store: string;
  /** Patches that have to be there first. */
  readonly below: readonly Patch[];
  readonly patches: readonly Patch[];
  /** In the brackets of the subjects. */
  readonly prefix: string;
  readonly signal?: AbortSignal | undefined;
}

// Nobody sees it: a patch file has no committer.
const COMMITTER = { GIT_COMMITTER_NAME: 'backport', GIT_COMMITTER_EMAIL: 'backport@localhost' };

/**
 * Patches as git writes them of commits upon a kernel, so that line numbers and index lines are those
 * of it. The commits are in a repository that borrows the store's objects, and gone afterwards.
 *
 * @throws {UserError} `not-applying`
 */
export const writePatches = async (wanted: Wanted): Promise<{ file: string; text: string }[]> => {
  const { kernel, store, below, patches, prefix, signal } = wanted;
  const dir = await mkdtemp(join(tmpdir(), 'uio-msi-stable-'));
  try {
    const git = workGit(dir, signal);
    await must(git(['init', '--quiet', '--template=']));
    await writeFile(join(dir, '.git/objects/info/alternates'), `${join(store, 'objects')}\n`);
    const all = [...below, ...patches];
    const commits = await commitPatches(git, join(dir, '.git'), kernel.commit, all, {
      committer: { ...COMMITTER, GIT_COMMITTER_DATE: `@${dateOf(all, 0)} +0000` },
      name: `linux ${kernel.version}`,
      signal,
    });
    const base = commits[below.length - 1]?.commit ?? kernel.commit;
    const head = commits.at(-1)?.commit ?? base;
    const found = await formatCommits(git, { base, head, prefix, numbered: patches.length > 1 });
    return found.map(({ slug, patch: { text } }, at) => ({
      file: `${`${at + 1}`.padStart(4, '0')}-${slug}`,
      text,
    }));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};
