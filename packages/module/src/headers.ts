// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join, resolve } from 'node:path';
import { readIfThere } from '@uio-msi/host';
import { EnvironmentError, UserError } from '@uio-msi/model';

/** A kernel as its headers describe it: what modules for it are built against. */
export interface Headers {
  readonly dir: string;
  /** `uname -r` of that kernel. */
  readonly release: string;
  /** `6.1`. */
  readonly line: string;
  /** `6.1.192`. */
  readonly version: string;
}

/** Where a kernel's headers are when its distribution installed them. */
export const runningHeaders = (): string => `/lib/modules/${release()}/build`;

/**
 * Reads what a folder of headers is for, and whether the modules can be had on that kernel at all.
 *
 * @throws {UserError} `no-kernel-headers`
 * @throws {EnvironmentError} `uio-built-in`, `modules-off`
 */
export const readHeaders = async (folder: string): Promise<Headers> => {
  const dir = resolve(folder);
  // Debian's kernel.release has the version instead.
  const release = /"(.+)"/.exec((await readIfThere(join(dir, 'include/generated/utsrelease.h'))) ?? '')?.[1];
  const config = await readIfThere(join(dir, 'include/config/auto.conf'));
  if (!release || config === null) throw noHeaders(dir);
  const has = (line: string) => config.split('\n').includes(line);
  if (!has('CONFIG_MODULES=y'))
    throw new EnvironmentError({ code: 'modules-off', message: `linux ${release} takes no modules` });
  if (has('CONFIG_UIO=y'))
    throw new EnvironmentError({
      code: 'uio-built-in',
      message: `linux ${release} has its UIO core built in (CONFIG_UIO=y)`,
      why: 'the series changes that core, and only a module can be replaced',
      next: 'build a kernel with the series in it: ./uio-msi build',
    });
  return { dir, release, ...(await readVersion(dir)) };
};

const readVersion = async (dir: string): Promise<{ line: string; version: string }> => {
  const text = await readFile(join(dir, 'include/generated/uapi/linux/version.h'), 'utf8');
  const code = Number(/^#define LINUX_VERSION_CODE (\d+)$/m.exec(text)?.[1]);
  if (!Number.isSafeInteger(code)) throw noHeaders(dir);
  const [major, minor, patch] = [code >> 16, (code >> 8) & 0xff, code & 0xff];
  return { line: `${major}.${minor}`, version: `${major}.${minor}.${patch}` };
};

const noHeaders = (dir: string): UserError =>
  new UserError({
    code: 'no-kernel-headers',
    message: `${dir} has no headers of a configured kernel`,
    next: 'install them (Debian: apt-get install linux-headers-$(uname -r)), or name a folder with --kernel-headers',
  });
