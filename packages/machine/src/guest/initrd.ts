// SPDX-License-Identifier: MIT

import { randomBytes } from 'node:crypto';
import { copyFile, lstat, open, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { State } from '@uio-msi/host';
import { type CpioEntry, cpio } from '../image/cpio.js';
import type { GuestFile, GuestSpec } from './spec.js';

/** Process 1 of every guest. */
export const INIT = fileURLToPath(new URL('../../../../tools/guest/init', import.meta.url));

const entriesOf = async ({ source, target }: GuestFile): Promise<CpioEntry[]> => {
  const stats = await lstat(source);
  if (stats.isSymbolicLink()) return [{ kind: 'link', path: target, target: await readlink(source) }];
  if (!stats.isDirectory()) {
    const mode = stats.mode & 0o111 ? 0o755 : 0o644;
    return [{ kind: 'file', path: target, mode, content: await readFile(source) }];
  }
  const names = (await readdir(source)).sort();
  const inside = names.map((name) => entriesOf({ source: join(source, name), target: join(target, name) }));
  return [{ kind: 'folder', path: target }, ...(await Promise.all(inside)).flat()];
};

/**
 * The job as the guest's init reads it: one argument a line.
 *
 * @throws {TypeError} when an argument has a line end
 */
export const jobFile = (job: GuestSpec['job']): string => {
  if (job === 'shell') return '';
  if (job.some((argument) => /[\n\0]/.test(argument))) throw new TypeError('a job argument has a line end');
  return job.map((argument) => `${argument}\n`).join('');
};

/** What one run adds to the base image: init, modules named so that they sort, files, the job. */
export const runEntries = async (spec: GuestSpec): Promise<CpioEntry[]> => {
  const modules = spec.modules.map((source, index) => ({
    source,
    target: `/modules/${String(index).padStart(2, '0')}-${basename(source)}`,
  }));
  return [
    { kind: 'file', path: '/init', mode: 0o755, content: await readFile(INIT) },
    { kind: 'file', path: '/job', mode: 0o644, content: Buffer.from(jobFile(spec.job)) },
    ...(await Promise.all([...modules, ...spec.files].map(entriesOf))).flat(),
  ];
};

/** An initramfs without a name. */
export interface Initrd {
  /** A path to it that QEMU can open for as long as it is not closed. */
  readonly path: string;
  close(): Promise<void>;
}

/**
 * Puts a run's archive behind the base image. The kernel unpacks archives one after the other.
 * The file is unlinked as soon as it is open, so that nothing is left of it however we end.
 */
export const openInitrd = async (
  base: string,
  entries: readonly CpioEntry[],
  state: State,
): Promise<Initrd> => {
  const path = state.path('guest', `initrd-${randomBytes(6).toString('hex')}.tmp`);
  await copyFile(base, path);
  const handle = await open(path, 'a').finally(() => rm(path, { force: true }));
  try {
    await handle.appendFile(cpio(entries));
  } catch (error) {
    await handle.close();
    throw error;
  }
  return { path: `/proc/${process.pid}/fd/${handle.fd}`, close: () => handle.close() };
};
