// SPDX-License-Identifier: MIT
import { lstat, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explainRefusal, run } from '@uio-msi/host';
import { archivePosted, loadSeries } from '@uio-msi/series';
import { problem } from '../problems.js';

/** A series that is to be a folder. */
export interface NewSeries {
  readonly into: string;
  readonly name: string;
  /** By names without folders. */
  readonly files: ReadonlyMap<string, string>;
  /** Revisions as mailed. */
  readonly posted: ReadonlyMap<number, string>;
  readonly dryRun: boolean;
}

// Hidden: whoever looks for series does not find it.
const ASIDE = '.import-';

/**
 * Writes a new series: into a folder aside, where it is read as any series is, and then under its
 * name. Killed at any moment, there is all of it or nothing but the folder aside, which the next
 * import removes.
 *
 * @returns its folder
 * @throws {UserError} `series-exists`; whatever is wrong with the patches, as {@link loadSeries} says it
 */
export const writeSeries = async ({ into, name, files, posted, dryRun }: NewSeries): Promise<string> => {
  const target = join(into, name);
  if (await lstat(target).catch(() => null)) throw problem('series-exists', target);
  try {
    await mkdir(into, { recursive: true });
    await sweep(into);
    const aside = await mkdtemp(join(into, `${ASIDE}${process.pid}-`));
    try {
      for (const [file, text] of files) await writeFile(join(aside, file), text, { flag: 'wx' });
      for (const [revision, text] of posted) await archivePosted(aside, revision, text);
      await loadSeries(aside);
      if (dryRun) return target;
      await run('sync', ['-f', aside]); // all of its files at once: the rename below must not come first
      await rename(aside, target);
      await run('sync', ['-f', into]);
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  } catch (error) {
    throw explainRefusal(error, into);
  }
  return target;
};

// Those of processes that are gone.
const sweep = async (into: string): Promise<void> => {
  for (const name of await readdir(into)) {
    const [, pid] = /^\.import-(\d+)-/.exec(name) ?? [];
    if (pid === undefined) continue;
    const alive = await lstat(`/proc/${pid}`).catch(() => null);
    if (!alive) await rm(join(into, name), { recursive: true });
  }
};
