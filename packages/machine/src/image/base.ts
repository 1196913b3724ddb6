// SPDX-License-Identifier: MIT
import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { contentKey, fileDigest, run, type State, withLock, writeAtomic } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import type { Context } from '../context.js';
import { type CpioEntry, cpio } from './cpio.js';
import { librariesOf } from './libraries.js';

// Changes when this file puts other things into the image.
const LAYOUT = 1;

// Statically linked, from Debian's busybox-static: the guest needs no further libraries for it.
const BUSYBOX = '/bin/busybox';

/** Where each program of ours is in the guest. */
const NODE_IN_GUEST = '/usr/bin/node';

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

/** The programs of the image: path in the guest → path here. */
const programs = async (signal?: AbortSignal): Promise<Map<string, string>> => {
  const libraries = await librariesOf(process.execPath, signal);
  return new Map([
    ['/bin/busybox', BUSYBOX],
    [NODE_IN_GUEST, process.execPath],
    ...libraries.map((path): [string, string] => [path, path]),
  ]);
};

const keyOf = async (files: ReadonlyMap<string, string>): Promise<string> => {
  const digests = await Promise.all(
    Array.from(files, async ([path, source]) => [path, await fileDigest(source)] as const),
  );
  return contentKey({ layout: LAYOUT, files: digests }).slice(0, 16);
};

const build = async (files: ReadonlyMap<string, string>, signal?: AbortSignal): Promise<Buffer> => {
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
 * The part of a guest's initramfs that every guest shares: busybox, the Node.js that runs us and
 * the libraries it needs. Made once for each content and kept in the state folder, named by its
 * key. Uncompressed: an emulated processor unpacks slower than QEMU reads.
 *
 * @returns its path
 * @throws {EnvironmentError} `busybox-missing`, `library-missing`
 */
export const ensureBaseImage = async (state: State, ctx: Context): Promise<string> => {
  await requireBusybox();
  const files = await programs(ctx.signal);
  const path = state.path('guest', `base-${await keyOf(files)}.cpio`);
  if (await exists(path)) return path;
  await withLock(
    state.path('locks', 'guest-image'),
    async () => {
      if (await exists(path)) return;
      ctx.progress({ type: 'begin', id: path, title: 'base guest image' });
      await writeAtomic(path, await build(files, ctx.signal));
      ctx.progress({ type: 'end', id: path, verdict: 'good' });
    },
    {
      signal: ctx.signal,
      onWait: (owner) => ctx.progress({ type: 'note', text: `waiting for the guest image: ${owner}` }),
    },
  );
  return path;
};
