// SPDX-License-Identifier: MIT
import { constants } from 'node:fs';
import { access, readFile, rm } from 'node:fs/promises';
import { contentKey, markUsed, run, type State, withLock, writeAtomic } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import type { Arch } from '../arches.js';
import type { Context } from '../context.js';
import { type CpioEntry, cpio } from './cpio.js';
import { BUSYBOX } from './layout.js';
import { programsFor, type Sources } from './programs.js';

// Changes when this file puts other things into the image.
const LAYOUT = 1;

// The kernel opens /dev/console for init before anything is mounted: Documentation/admin-guide/devices.txt.
const CONSOLE: CpioEntry = { kind: 'device', path: '/dev/console', major: 5, minor: 1 };
const FOLDERS = ['/proc', '/sys', '/tmp', '/run', '/root', '/modules'];

const exists = (path: string): Promise<boolean> =>
  access(path, constants.R_OK).then(
    () => true,
    () => false,
  );

const requireBusybox = async (): Promise<void> => {
  if (await exists(BUSYBOX)) return;
  throw new EnvironmentError({
    code: 'busybox-missing',
    message: `${BUSYBOX} is not there: the guest's shell comes from it`,
    next: 'run ./uio-msi setup, or install the package busybox-static',
  });
};

// The names are those of this machine's busybox: it is the same program everywhere.
const build = async (files: Sources, signal?: AbortSignal): Promise<Buffer> => {
  const applets = (await run(BUSYBOX, ['--list'], { signal })).stdout.trim().split('\n');
  const contents = await Promise.all(
    Array.from(
      files,
      async ([path, source]): Promise<CpioEntry> => ({
        kind: 'file',
        path,
        mode: 0o755,
        content: await readFile(source),
      }),
    ),
  );
  return cpio([
    CONSOLE,
    ...FOLDERS.map((path): CpioEntry => ({ kind: 'folder', path })),
    ...contents,
    ...applets
      .filter((name) => name !== 'busybox')
      .map((name): CpioEntry => ({ kind: 'link', path: `/bin/${name}`, target: 'busybox' })),
  ]);
};

/**
 * The file name of an architecture's base image, which names its content, whether it is there or not.
 *
 * @throws {EnvironmentError} `library-missing`
 */
export const baseImageName = async (arch: Arch, ctx: Context): Promise<string> => {
  const key = contentKey({ layout: LAYOUT, files: await programsFor(arch, ctx).key() });
  return `base-${key.slice(0, 16)}.cpio`;
};

/**
 * The part of a guest's initramfs that every guest of an architecture shares: busybox, Node.js and the
 * libraries it needs, of this machine where they run there. Made once for each content and kept in the
 * state folder, named by its key. Uncompressed: an emulated processor unpacks slower than QEMU reads.
 *
 * @returns its path
 * @throws {EnvironmentError} `busybox-missing`, `library-missing`; what fetching a foreign one throws
 */
export const ensureBaseImage = async (state: State, arch: Arch, ctx: Context): Promise<string> => {
  await requireBusybox();
  const programs = programsFor(arch, ctx);
  const path = state.path('guest', await baseImageName(arch, ctx));
  if (await exists(path)) {
    markUsed(path);
    return path;
  }
  await withLock(
    state.path('locks', 'guest-image'),
    async () => {
      if (await exists(path)) return;
      const folder = state.path('guest', 'programs.tmp');
      ctx.progress({ type: 'begin', id: path, title: `base guest image for ${arch.name}` });
      await rm(folder, { recursive: true, force: true });
      await writeAtomic(path, await build(await programs.bring(folder), ctx.signal));
      await rm(folder, { recursive: true, force: true });
      ctx.progress({ type: 'end', id: path, verdict: 'good' });
    },
    {
      signal: ctx.signal,
      onWait: (owner) => ctx.progress({ type: 'note', text: `waiting for the guest image: ${owner}` }),
    },
  );
  return path;
};
