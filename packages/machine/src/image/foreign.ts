// SPDX-License-Identifier: MIT
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchBinaryPackages, fetchPackage, pinnedIn, run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import type { Arch } from '../arches.js';
import type { Context } from '../context.js';
import { BUSYBOX_IN_GUEST, NODE_IN_GUEST } from './layout.js';
import type { Programs, Sources } from './programs.js';

// The shell, and what Node.js is linked with. Of a released Debian, whose versions only mend.
const DEBIAN = { suite: 'bookworm', names: ['busybox-static', 'libc6', 'libgcc-s1', 'libstdc++6'] } as const;

// Node.js is the one that the launcher installs; koffi is native code, and the suite's bundle has it for this machine alone.
const NODE_LOCK = fileURLToPath(new URL('../../../../tools/node/package-lock.json', import.meta.url));
const OUR_LOCK = fileURLToPath(new URL('../../../../package-lock.json', import.meta.url));

const pinned = async ({ node }: Arch) => ({
  node: pinnedIn(await readFile(NODE_LOCK, 'utf8'), `node-linux-${node}`),
  koffi: pinnedIn(await readFile(OUR_LOCK, 'utf8'), `@koromix/koffi-linux-${node}`),
});

/** Programs for guests that cannot run this machine's: from Debian and npm, checked, and not installed. */
export const foreignPrograms = (arch: Arch, { signal, progress }: Context): Programs => ({
  key: async () => ({ debian: DEBIAN, architecture: arch.debian, ...(await pinned(arch)) }),
  bring: async (folder) => {
    const { node, koffi } = await pinned(arch);
    const at = (...path: string[]) => join(folder, ...path);
    const tell = (what: string) =>
      progress({ type: 'note', text: `fetching ${what} for ${arch.name} guests` });
    tell(DEBIAN.names.join(', '));
    const wanted = { ...DEBIAN, architecture: arch.debian };
    const packages = await fetchBinaryPackages(wanted, at('apt'), { signal });
    for (const one of packages) await unpack('dpkg-deb', ['-x', one, at('debian')], signal);
    tell('Node.js and koffi');
    const nodeTarball = await fetchPackage(node, at('npm-node'), { signal });
    await unpack('tar', ['-xzf', nodeTarball, '-C', at('npm-node'), 'package/bin/node'], signal);
    const koffiTarball = await fetchPackage(koffi, at('npm-koffi'), { signal });
    await unpack('tar', ['-xzf', koffiTarball, '-C', at('npm-koffi')], signal);
    const native = await filesBelow(at('npm-koffi/package'));
    return new Map([
      [BUSYBOX_IN_GUEST, at('debian/bin/busybox')],
      [NODE_IN_GUEST, at('npm-node/package/bin/node')],
      ...librariesIn(await filesBelow(at('debian')), at('debian')),
      // Where a package that is above all others is looked for.
      ...native.map(
        (path) => [`/node_modules/${koffi.name}/${path}`, at('npm-koffi/package', path)] as const,
      ),
    ]);
  },
});

const unpack = async (command: string, args: readonly string[], signal?: AbortSignal): Promise<void> => {
  const { exitCode, stderr } = await run(command, args, { signal });
  if (exitCode === 0) return;
  throw new EnvironmentError({
    code: 'not-unpacked',
    message: `${command} could not unpack ${basename(args[1] ?? '')}`,
    why: stderr.trim().split('\n').at(-1),
    next: 'check the disk, then run this again',
  });
};

const filesBelow = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));

// `lib/aarch64-linux-gnu/libc.so.6`, not what is in folders of its own below that, nor `libstdc++.so.6.0.30`.
const LIBRARY = /^(?:usr\/)?(lib\/[^/]+\/[^/]+\.so\.\d+)$/;
// The name of the loader that programs have in them; it is a link to the one among the libraries.
const LOADER = /^(?:usr\/)?(lib\d*\/ld-[^/]+\.so\.\d+)$/;

/** Of a Debian's files, the shared libraries as programs name them: path in a guest → path here. Pure. */
export const librariesIn = (files: readonly string[], folder: string): Sources => {
  const libraries = files.flatMap((path) => {
    const [, target] = LIBRARY.exec(path) ?? [];
    return target === undefined ? [] : [[`/${target}`, join(folder, path)] as const];
  });
  const loaders = files.flatMap((path) => {
    const [, target] = LOADER.exec(path) ?? [];
    const [, source] = libraries.find(([library]) => basename(library) === basename(path)) ?? [];
    return target === undefined || source === undefined ? [] : [[`/${target}`, source] as const];
  });
  return new Map([...libraries, ...loaders]);
};
