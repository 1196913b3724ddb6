// SPDX-License-Identifier: MIT
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type BuildContext, buildOutside, type Target } from '@uio-msi/build';
import { readIfThere } from '@uio-msi/host';

/** A mutant's source, ready to be built. */
export interface MutatedSource {
  readonly id: string;
  /** `drivers/uio/uio_msi.c`. */
  readonly file: string;
  readonly text: string;
}

/** The headers that the series changes: the mutants bring their own, so that the worktree may have any. */
export const HEADERS: readonly string[] = ['include/linux/uio_driver.h', 'include/uapi/linux/uio_msi.h'];

const KBUILD = (object: string): string =>
  [
    '# SPDX-License-Identifier: GPL-2.0',
    `obj-m := ${object}`,
    'LINUXINCLUDE := -I$(src)/../include -I$(src)/../include/uapi $(LINUXINCLUDE)',
    '',
  ].join('\n');

/** Path of the module that a mutant gives, in the folder that it was built in. */
export const modulePath = (dir: string, { id, file }: Pick<MutatedSource, 'id' | 'file'>): string =>
  join(dir, id, basename(file).replace(/\.c$/, '.ko'));

/**
 * Builds one module for each mutant, all in two calls of make, against a kernel that was built. They
 * are single targets to kbuild, which would not have two modules of one name otherwise.
 *
 * @param dir a folder of ours; what is there of the same source is built already
 * @returns the ids of those that the compiler does not take, with its first words
 */
export const buildMutants = async (
  dir: string,
  mutants: readonly MutatedSource[],
  headers: Readonly<Record<string, string>>,
  target: Target,
  ctx: BuildContext,
): Promise<ReadonlyMap<string, string>> => {
  await writeSources(dir, mutants, headers);
  const objects = mutants.map(({ id, file }) => `${id}/${basename(file).replace(/\.c$/, '.o')}`);
  const compiled = await buildOutside(target, dir, ['-k', ...objects], ctx);
  const there = await Promise.all(objects.map((object) => isThere(join(dir, object))));
  const good = mutants.filter((_, at) => there[at]);
  if (good.length > 0)
    await buildOutside(
      target,
      dir,
      good.map((mutant) => modulePath('', mutant)),
      ctx,
    );
  const linked = await Promise.all(good.map((mutant) => isThere(modulePath(dir, mutant))));
  const words = (id: string) =>
    compiled.lines.find((line) => line.includes(`${id}/`) && /error/.test(line)) ?? 'no module came of it';
  return new Map(
    mutants.filter((one) => !linked[good.indexOf(one)]).map(({ id }) => [id, words(id)] as const),
  );
};

const writeSources = async (
  dir: string,
  mutants: readonly MutatedSource[],
  headers: Readonly<Record<string, string>>,
): Promise<void> => {
  const folders = mutants.map(({ id }) => `${id}/`).join(' ');
  for (const [path, text] of Object.entries({ ...headers, Kbuild: `obj-m := ${folders}\n` }))
    await writeNew(join(dir, path), text);
  for (const { id, file, text } of mutants) {
    const name = basename(file);
    // What was built of another source goes with it.
    if ((await readIfThere(join(dir, id, name))) !== text)
      await rm(join(dir, id), { recursive: true, force: true });
    await writeNew(join(dir, id, name), text);
    await writeNew(join(dir, id, 'Kbuild'), KBUILD(name.replace(/\.c$/, '.o')));
  }
};

// What is the same keeps its time stamp, and what was built of it its use.
const writeNew = async (path: string, text: string): Promise<void> => {
  if ((await readIfThere(path)) === text) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
