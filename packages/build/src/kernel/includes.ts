// SPDX-License-Identifier: MIT
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import type { Arch } from '../arch.js';
import type { BuildContext } from '../context.js';

/** One `#include`. */
export interface Include {
  /** The file that it is in, as a path of the kernel tree. */
  readonly file: string;
  /** What it names: `linux/uio_driver.h`. */
  readonly name: string;
}

// Not built by kbuild for the kernel, or with other headers than its own.
const ELSEWHERE: ReadonlySet<string> = new Set([
  ...['Documentation', 'LICENSES', 'samples', 'scripts', 'tools', 'usr'],
]);

/** Whether a path of a kernel tree may be compiled into a kernel of an architecture. Pure. */
export const isOfKernel = (path: string, arch: Pick<Arch, 'image'>): boolean => {
  const [top = '', second] = path.split('/');
  return top === 'arch' ? second === archFolder(arch) : !ELSEWHERE.has(top);
};

const archFolder = ({ image }: Pick<Arch, 'image'>): string | undefined => image.split('/')[1];

const PATTERN = '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"][^>"]+';
const LINE = /^(?<file>[^:]+):.*[<"](?<name>[^<"]+)$/;

/**
 * Every `#include` in the sources of a kernel for an architecture. The worktree is read, not the
 * object store: there git takes half a minute to unpack what grep reads in one to two seconds.
 *
 * @throws {EnvironmentError} `grep-failed`
 */
export const readIncludes = async (
  worktree: string,
  arch: Arch,
  { signal, lock }: Pick<BuildContext, 'signal' | 'lock'>,
): Promise<readonly Include[]> => {
  const entries = await readdir(worktree, { withFileTypes: true });
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => (name === 'arch' ? join(name, archFolder(arch) ?? '') : name))
    .filter((path) => isOfKernel(path, arch));
  const includes: Include[] = [];
  const args = ['-rHoE', '--include=*.[chS]', '-e', PATTERN, '--', ...folders];
  const { exitCode } = await run('grep', args, {
    ...{ cwd: worktree, env: { LC_ALL: 'C', GREP_COLORS: undefined, GREP_OPTIONS: undefined }, signal, lock },
    onLine: (line) => {
      const { file, name } = LINE.exec(line)?.groups ?? {};
      if (file !== undefined && name !== undefined) includes.push({ file, name });
    },
  });
  // 1 is that there is none.
  if (exitCode !== 0 && exitCode !== 1)
    throw new EnvironmentError({
      code: 'grep-failed',
      message: `grep could not read the sources in ${worktree}`,
      next: 'remove that folder: it is made again',
    });
  return includes;
};

/**
 * The sources and headers that a change reaches: those that are touched and, one behind the
 * other, those that include them. What a generated header includes is not known. Pure.
 */
export const reachedBy = (touched: readonly string[], includes: readonly Include[]): ReadonlySet<string> => {
  const files = new Set(includes.map(({ file }) => file));
  const named = new Map<string, Include[]>();
  for (const include of includes) {
    const key = basename(include.name);
    const others = named.get(key);
    if (others) others.push(include);
    else named.set(key, [include]);
  }
  const reached = new Set(touched);
  // A set is gone through in the order in which it grows.
  for (const header of reached)
    for (const include of named.get(basename(header)) ?? [])
      if (means(include, header, files)) reached.add(include.file);
  return reached;
};

// Where the compiler looks whatever is compiled (LINUXINCLUDE in the kernel's Makefile).
const GENERAL = /^(arch\/[^/]+\/)?include(\/uapi)?$/;

/** Whether an `#include` can mean a header: beside it, in a general folder, or in one that a Makefile nearby names with -I. */
const means = ({ file, name }: Include, header: string, files: ReadonlySet<string>): boolean => {
  const beside = join(dirname(file), name);
  if (beside === header) return true;
  if (files.has(beside) || !header.endsWith(`/${name}`)) return false;
  const root = header.slice(0, -name.length - 1);
  return GENERAL.test(root) || file.startsWith(`${dirname(root)}/`);
};
