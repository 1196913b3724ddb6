// SPDX-License-Identifier: MIT
import { withLock } from '@uio-msi/host';
import { EnvironmentError, UserError } from '@uio-msi/model';
import type { Kernel } from '../catalogue/kernel.js';
import { loadCatalogue } from '../catalogue/load.js';
import { ensureKernel, type KernelContext } from '../ensure.js';
import type { KernelTree } from '../store/kernels.js';
import type { ObjectStore } from '../store/open.js';
import { type Found, findListed } from './find.js';
import { wantedKernel } from './wanted.js';
import { addToCatalogue } from './write.js';

/** A kernel that the catalogue has from now on. */
export interface Added extends KernelTree {
  /** Of each origin that could not be asked, why. */
  readonly unasked: readonly string[];
}

/**
 * Finds a kernel that the catalogue does not have, brings it into the store, and only then writes it
 * down: with every source that lists it, and the checksum that its content was verified with.
 *
 * @param file the catalogue
 * @param name a line, of which the newest is taken, or a version
 * @throws {UserError} `unknown-kernel`, `kernel-known`
 * @throws {EnvironmentError} `kernel-not-listed`; `kernel-not-served`, when it is listed only
 * @throws {Interrupted} when the signal aborts
 */
export const addKernel = async (
  store: ObjectStore,
  file: string,
  name: string,
  ctx: KernelContext,
): Promise<Added> => {
  const { signal, progress } = ctx;
  const wanted = wantedKernel(name);
  const { origins, kernels } = await loadCatalogue(file);
  const known = kernels.find(({ version }) => version === name);
  if (known) throw isKnown(known);
  const tell = (text: string) => progress({ type: 'note', text: `linux ${name}: ${text}` });
  const found = await withLock(
    store.state.path('locks', 'kernels-add'),
    (lock) => findListed(origins, wanted, { store, lock, signal, tell }),
    { signal },
  );
  const twin = kernels.find(({ version }) => version === found.kernel.version);
  if (twin) throw isKnown(twin);
  const tree = await ensureKernel(store, found.kernel, ctx).catch((error) => notServed(error, found));
  await withLock(store.state.path('locks', 'catalogue'), () => addToCatalogue(file, found.kernel), {
    signal,
  });
  return { ...tree, unasked: found.unasked };
};

const isKnown = ({ line, version }: Kernel): UserError =>
  new UserError({
    code: 'kernel-known',
    message: `the catalogue has linux ${version} already, on line ${line}`,
    next: `./uio-msi kernels fetch --kernels ${version} brings it in`,
  });

const notServed = (error: unknown, { kernel, others }: Found): never => {
  if (!(error instanceof EnvironmentError) || error.code !== 'kernel-unavailable') throw error;
  throw new EnvironmentError({
    code: 'kernel-not-served',
    message: `linux ${kernel.version} is listed, but cannot be had`,
    why: error.why,
    next: others.length > 0 ? `try an older one: ./uio-msi kernels add ${others[0]}` : 'try again later',
  });
};
