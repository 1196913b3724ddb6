// SPDX-License-Identifier: MIT
import type { Kernel } from '../catalogue/kernel.js';
import { git } from './git.js';
import type { ObjectStore } from './open.js';

/** A kernel that the store has. */
export interface KernelTree {
  readonly kernel: Kernel;
  /** The commit that `refs/kernels/<version>` names. */
  readonly commit: string;
  /** Its tree: what series are applied to. */
  readonly tree: string;
  /** Where it came from, in a line. */
  readonly source: string;
}

const refOf = ({ version }: Kernel): string => `refs/kernels/${version}`;

/** The kernel as the store has it; null when it does not. */
export const findKernel = async (store: ObjectStore, kernel: Kernel): Promise<KernelTree | null> => {
  const format = '--format=%(objectname)%00%(tree)%00%(contents:body)';
  const found = await git(store.gitDir, 'for-each-ref', format, refOf(kernel));
  const [commit, tree, source] = found.split('\0');
  if (!commit || !tree || !source) return null;
  return { kernel, commit, tree, source };
};

// The name of a kernel is written last and goes to the disk before we go on, with what it names.
const DURABLE = ['-c', 'core.fsync=all'];

/** Gives a tree that is wholly in the store the name of its kernel. */
export const nameKernel = async (
  store: ObjectStore,
  kernel: Kernel,
  tree: string,
  source: string,
): Promise<KernelTree> => {
  const message = ['-m', `linux ${kernel.version}`, '-m', source];
  const commit = await git(store.gitDir, ...DURABLE, 'commit-tree', ...message, tree);
  await git(store.gitDir, ...DURABLE, 'update-ref', refOf(kernel), commit);
  return { kernel, commit, tree, source };
};
