// SPDX-License-Identifier: MIT
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileDigest, run } from '@uio-msi/host';

/** A tarball and its checksum. */
export interface Tarball {
  readonly path: string;
  readonly sha256: string;
}

const must = async (command: string, args: string[], env: Record<string, string> = {}): Promise<string> => {
  const { exitCode, stdout, stderr } = await run(command, args, { env });
  if (exitCode !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
};

/** The beginning of a kernel's Makefile. */
export const makefileOf = (version: string): string => {
  const [release = '', candidate] = version.split('-');
  const [major, minor, patch = '0'] = release.split('.');
  const extra = candidate === undefined ? '' : ` -${candidate}`;
  return `VERSION = ${major}\nPATCHLEVEL = ${minor}\nSUBLEVEL = ${patch}\nEXTRAVERSION =${extra}\n`;
};

/** A source tree as small as can be, with all that git tells apart: modes, links, odd names, no content. */
export const makeKernel = async (dir: string, version: string): Promise<void> => {
  const files: Record<string, string> = {
    Makefile: makefileOf(version),
    '.gitignore': '*.o\n',
    'drivers/uio/Kconfig': 'config UIO\n',
    'drivers/uio/uio.c': 'int uio;\n',
    'drivers/uio/built.o': 'ignored by the tree itself\n',
    'include/with space/"quoted" \\ name.h': 'odd\n',
    empty: '',
  };
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), content);
  }
  await mkdir(join(dir, 'scripts'));
  await writeFile(join(dir, 'scripts/checkpatch.pl'), '#!/bin/sh\n');
  await chmod(join(dir, 'scripts/checkpatch.pl'), 0o755);
  await symlink('../drivers/uio/Kconfig', join(dir, 'scripts/dtc'));
  const deep = join(dir, ...Array.from({ length: 12 }, (_, i) => `a-long-folder-name-${i}`));
  await mkdir(deep, { recursive: true });
  await writeFile(join(deep, 'deep.c'), 'int deep;\n');
};

/** Makes a tree large enough to be interrupted in. */
export const addBulk = async (dir: string, files: number, bytes: number): Promise<void> => {
  await mkdir(join(dir, 'bulk'));
  for (let i = 0; i < files; i++) await writeFile(join(dir, 'bulk', `${i}`), randomBytes(bytes));
};

/** Packs a folder as kernel.org does: everything below one folder. */
export const pack = async (dir: string, tarball: string, top: string): Promise<Tarball> => {
  await must('tar', ['-C', dir, '--transform', `flags=r;s,^\\.,${top},`, '-cJf', tarball, '.'], {
    XZ_OPT: '-0', // fast: random content is no smaller for more
  });
  return { path: tarball, sha256: await fileDigest(tarball) };
};

/** What git itself makes of a folder: the tree's object id. */
export const treeOf = async (dir: string): Promise<string> => {
  const gitDir = `${dir}.oracle`;
  const env = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_INDEX_FILE: `${gitDir}/index` };
  const git = (...args: string[]) => must('git', [`--git-dir=${gitDir}`, `--work-tree=${dir}`, ...args], env);
  await must('rm', ['-rf', gitDir]);
  await must('git', ['init', '-q', '--bare', gitDir]);
  await git('-C', dir, 'add', '--all', '--force', '.');
  return git('write-tree');
};
