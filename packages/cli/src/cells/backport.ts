// SPDX-License-Identifier: MIT
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findKernel, type Kernel, openStore } from '@uio-msi/kernels';
import {
  applySeries,
  type Backport,
  changeSeries,
  compareLines,
  openUpstream,
  patchesFor,
  recoverSeries,
  refuseBackport,
  type Series,
  type Upstream,
  type WorkContext,
} from '@uio-msi/series';
import type { World } from '../world/world.js';
import { openCatalogue } from './choose.js';

/**
 * Where commits of Linus' tree are looked for: a clone that is named, or the object store, which has them
 * when somebody fetched them there.
 *
 * @throws {UserError} `git-unreadable`
 */
export const upstreamAt = async (
  dir: string | undefined,
  branch: string | undefined,
  { store, signal }: Pick<WorkContext, 'store' | 'signal'>,
): Promise<Upstream> =>
  openUpstream(dir === undefined ? store : resolve(dir), branch ?? null, { signal, any: dir === undefined });

/** The newer stable lines whose kernels are here and lack something of a series: they need it, too. */
export const linesWithout = async (
  series: Series,
  line: string,
  { patches: sent }: Backport,
  world: World,
): Promise<string[]> => {
  const { kernels } = await openCatalogue(world.root);
  const store = await openStore(await world.openState());
  const between = ({ line: one }: Kernel): boolean =>
    /^\d/.test(one) && compareLines(one, line) > 0 && compareLines(one, series.base) < 0;
  const lacking: string[] = [];
  for (const kernel of kernels.filter(between)) {
    const found = await findKernel(store, kernel);
    if (!found) continue;
    const wanted = series.patches.filter(({ subject }) => sent.some((one) => one.subject === subject));
    const patches = patchesFor({ ...series, patches: wanted }, kernel.line);
    const { patches: results } = await applySeries(store.gitDir, found.tree, patches, world);
    if (results.some(({ status }) => status !== 'already-upstream')) lacking.push(kernel.line);
  }
  return lacking;
};

/**
 * Writes a backport into a folder, all files or none. What is there stays what it is: somebody may have
 * signed it off.
 *
 * @throws {UserError} `export-taken`
 */
export const writeBackport = async (dir: string, { patches }: Backport): Promise<void> => {
  await mkdir(dir, { recursive: true });
  await recoverSeries(dir);
  const there = (await readdir(dir)).filter((name) => name.endsWith('.patch'));
  for (const name of there) {
    const same =
      patches.find(({ file }) => file === name)?.text === (await readFile(join(dir, name), 'utf8'));
    if (!same) throw refuseBackport('export-taken', dir, name);
  }
  await changeSeries(dir, new Map(patches.map(({ file, text }) => [file, text])));
};
