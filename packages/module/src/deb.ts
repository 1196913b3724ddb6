// SPDX-License-Identifier: MIT
import { chmod, mkdir, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import { dkmsName } from './dkms.js';
import type { ModuleSource } from './source.js';
import { packageVersion, writeModuleSource } from './write.js';

const control = (source: ModuleSource, version: string): string => `Package: ${dkmsName(source)}-dkms
Version: ${version}
Architecture: all
Section: kernel
Priority: optional
Maintainer: ${source.series} authors <${source.series}@example.invalid>
Depends: dkms
Description: PCI interrupts as eventfds: ${source.series} and the UIO core it needs
 The series ${source.series} ${source.revision} as DKMS modules, for
 linux ${source.lines.map(({ line }) => line).join(', ')} and kernels between. The UIO core that comes with
 the kernel has no ioctl operation, so a rebuilt one takes its place: while that
 is loaded, the kernel's own UIO drivers do not load.
`;

// Debian's dkms brings the script that its packages use: dh_dkms(1).
const postinst = (name: string, version: string): string => `#!/bin/sh
set -e
case $1 in
configure) /usr/lib/dkms/common.postinst ${name} ${version} "" "" "$2" ;;
esac
`;

const prerm = (name: string, version: string): string => `#!/bin/sh
set -e
case $1 in
remove | upgrade | deconfigure)
	if dkms status -m ${name} -v ${version} | grep -q .; then
		dkms remove -m ${name} -v ${version} --all
	fi
	;;
esac
`;

// Debian's archive begins in 1996; any fixed time will do.
const FIXED_TIME = 946_684_800;

/**
 * Makes a Debian package of the DKMS sources. The same sources give the same bytes.
 *
 * @param folder gets the file
 * @param scratch a folder of ours
 * @returns the file's path
 * @throws {EnvironmentError} `deb-failed`
 */
export const writeDeb = async (
  folder: string,
  source: ModuleSource,
  licence: string,
  scratch: string,
): Promise<string> => {
  const name = dkmsName(source);
  const version = packageVersion(source);
  const root = join(scratch, 'deb');
  await rm(root, { recursive: true, force: true });
  await mkdir(join(root, 'DEBIAN'), { recursive: true });
  await mkdir(join(root, 'usr/src'), { recursive: true });
  await writeModuleSource(join(root, `usr/src/${name}-${version}`), source, licence);
  await writeFile(join(root, 'DEBIAN/control'), control(source, version));
  for (const [file, text] of [
    ['postinst', postinst(name, version)],
    ['prerm', prerm(name, version)],
  ] as const) {
    await writeFile(join(root, 'DEBIAN', file), text);
  }
  await settle(root);
  const path = join(folder, `${name}-dkms_${version}_all.deb`);
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.new`;
  const args = ['--root-owner-group', '-Zxz', '--build', root, temporary];
  const env = { SOURCE_DATE_EPOCH: String(FIXED_TIME), LC_ALL: 'C' };
  const { exitCode, stderr } = await run('dpkg-deb', args, { env });
  if (exitCode !== 0)
    throw new EnvironmentError({ code: 'deb-failed', message: 'dpkg-deb failed', why: stderr.trim() });
  await rename(temporary, path);
  return path;
};

/** Modes and times that depend on nothing here. */
const settle = async (folder: string): Promise<void> => {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await settle(path);
    const runs = entry.isDirectory() || (folder.endsWith('DEBIAN') && entry.name !== 'control');
    await chmod(path, runs ? 0o755 : 0o644);
    await utimes(path, FIXED_TIME, FIXED_TIME);
  }
  await chmod(folder, 0o755);
};
