// SPDX-License-Identifier: MIT
import { type Lock, requireSpace, withLock } from '@uio-msi/host';
import type { Progress } from '@uio-msi/model';
import type { Kernel } from './catalogue/kernel.js';
import { findKernel, type KernelTree, nameKernel } from './store/kernels.js';
import type { ObjectStore } from './store/open.js';
import { sweepStore } from './store/sweep.js';

/** What getting a kernel takes beside its name. */
export interface KernelContext {
  readonly signal?: AbortSignal | undefined;
  readonly progress: Progress;
  /** The piece of work that this is part of. */
  readonly work?: string | undefined;
}

// A kernel's pack has 0.35 GiB, its tarball 0.16.
const NEEDED_BYTES = 2 ** 30;

/**
 * Makes sure that the store has a kernel. One that is there takes milliseconds; else its sources
 * are tried in order, by one process at a time. The kernel gets its name in the store when all
 * of it is there and verified: whatever ends us before leaves nothing that counts.
 *
 * @throws {EnvironmentError} `kernel-unavailable` (why, for each source), `disk-full`
 * @throws {Interrupted} when the signal aborts
 */
export const ensureKernel = async (
  store: ObjectStore,
  kernel: Kernel,
  ctx: KernelContext,
): Promise<KernelTree> => {
  const found = await findKernel(store, kernel);
  if (found) return found;
  const { signal, progress } = ctx;
  const onWait = (owner: string) =>
    progress({ type: 'note', text: `linux ${kernel.version}: waiting for the object store (${owner})` });
  return withLock(
    store.state.path('locks', 'store'),
    async (lock) => (await findKernel(store, kernel)) ?? bringIn(store, kernel, lock, ctx),
    { onWait, signal },
  );
};

const bringIn = async (
  store: ObjectStore,
  kernel: Kernel,
  lock: Lock,
  { signal, progress, work }: KernelContext,
): Promise<KernelTree> => {
  const id = `kernel:${kernel.version}`;
  const title = `linux ${kernel.version}`;
  const tell = (text: string, fraction?: number) =>
    progress({ type: 'update', id, text, ...(fraction === undefined ? {} : { fraction }) });
  progress({ type: 'begin', id, title, ...(work === undefined ? {} : { parent: work }) });
  try {
    await sweepStore(store);
    await requireSpace(store.gitDir, NEEDED_BYTES, `importing linux ${kernel.version}`);
    // Reading archives is loaded by who needs it: most runs find the kernel in the store.
    const { obtain } = await import('./sources/obtain.js');
    const { tree, source } = await obtain(kernel, { store, lock, signal, tell });
    const named = await nameKernel(store, kernel, tree, source);
    await sweepStore(store);
    progress({ type: 'end', id, verdict: 'good', text: source });
    return named;
  } catch (error) {
    progress({ type: 'end', id, verdict: 'bad', text: (error as Error).message });
    throw error;
  }
};
