// SPDX-License-Identifier: MIT
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { type Check, ensureKernelFiles, inParallel } from '@uio-msi/checks';
import { type RunOptions, remembered, run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import { type Patch, touchedPaths } from '@uio-msi/series';
import type { Recipient } from '../facts.js';
import type { Place } from './place.js';

const SCRIPT = 'scripts/get_maintainer.pl';

// What it reads of a tree, and what it knows a tree by (top_of_kernel_tree()): of a folder one file
// will do.
const READS = [
  ...[SCRIPT, 'MAINTAINERS', '.mailmap', '.get_maintainer.ignore'],
  ...['COPYING', 'CREDITS', 'Kbuild', 'Makefile', 'README', 'Documentation/Makefile', 'include/Kbuild'],
  ...['arch', 'drivers', 'fs', 'init', 'ipc', 'kernel', 'lib'].map((folder) => `${folder}/Kconfig`),
  ...['init', 'ipc', 'kernel', 'lib'].map((folder) => `${folder}/Makefile`),
];

// Our trees are no repositories: nobody is asked who touched a file last.
const OPTIONS = ['--nogit', '--nogit-fallback', '--norolestats', '--roles'];

/**
 * Whom the kernel's own get_maintainer.pl names for each patch, by the MAINTAINERS of a tree. It runs in a
 * folder with the dozen files that it reads, for each patch once.
 *
 * @throws {EnvironmentError} `get-maintainer-failed`, `export-failed`
 * @throws {Interrupted} when the signal aborts
 */
export const findMaintainers = async (
  patches: readonly Patch[],
  place: Place,
): Promise<ReadonlyMap<string, readonly Recipient[]>> => {
  // An F: line that names a folder without its slash means all that is below: it has to be there.
  const folders = [...new Set(patches.flatMap(touchedPaths).map((path) => dirname(path)))].sort();
  const tool: Check = {
    name: 'get_maintainer',
    version: 1,
    title: SCRIPT,
    reads: READS,
    prepare: async (dir) => {
      for (const folder of [...folders, 'scripts']) await mkdir(join(dir, folder), { recursive: true });
    },
    run: async () => [],
  };
  const { gitDir, base, state, signal } = place;
  const paths = patches.flatMap(touchedPaths);
  const cache = state.path('kernel-files');
  const cwd = await ensureKernelFiles({ gitDir, tree: base, checks: [tool], paths, cache }, { signal });
  const named = await inParallel(patches, availableParallelism(), async ({ file, text }) => {
    const inputs = { folder: cwd.slice(cache.length), text, options: OPTIONS };
    const found = await remembered(state.path('preflight', 'get-maintainer'), inputs, () =>
      ask(cwd, file, text, signal),
    );
    return [file, found] as const;
  });
  return new Map(named);
};

const ask = async (
  cwd: string,
  file: string,
  text: string,
  signal: AbortSignal | undefined,
): Promise<Recipient[]> => {
  // A .get_maintainer.conf in the user's home would change the answer.
  const options: RunOptions = { cwd, env: { LC_ALL: 'C', HOME: cwd }, input: text, signal };
  const { exitCode, stdout, stderr } = await run('perl', [SCRIPT, ...OPTIONS], options);
  const lines = stdout.split('\n').filter((line) => line !== '');
  const found = lines.map(parseRecipient);
  const strange = lines.find((_, at) => found[at] === null);
  // Every patch has at least linux-kernel@vger.kernel.org.
  if (exitCode !== 0 || strange !== undefined || found.length === 0)
    throw new EnvironmentError({
      code: 'get-maintainer-failed',
      message: `get_maintainer.pl named nobody for ${file}`,
      why: strange ?? (stderr.trim() || `it ended with ${exitCode}`),
      next: 'remove kernel-files in the state folder: it is made again',
    });
  return found.filter((recipient) => recipient !== null);
};

/** Reads a line: `Jane Roe <jane@example.org> (maintainer:UIO)`, or `list@example.org (open list)`. */
export const parseRecipient = (line: string): Recipient | null => {
  const {
    name = '',
    address,
    bare,
    role,
  } = /^(?:(?<name>[^<>]*)<(?<address>[^<>\s]+)>|(?<bare>[^<>\s()]+)) \((?<role>.*)\)$/.exec(line)?.groups ??
  {};
  const found = address ?? bare;
  if (found === undefined || role === undefined) return null;
  return { name: name.trim().replace(/^"(.*)"$/, '$1'), address: found, role };
};
