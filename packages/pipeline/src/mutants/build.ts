// SPDX-License-Identifier: MIT
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type BuildContext, buildOutside, type Target } from '@uio-msi/build';

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
 * @param dir a folder of ours, made anew
 * @returns the ids of those that the compiler does not take, with its first words
 */
export const buildMutants = async (
  dir: string,
  mutants: readonly MutatedSource[],
  headers: Readonly<Record<string, string>>,
  target: Target,
  ctx: BuildContext,
): Promise<ReadonlyMap<string, string>> => {
  await rm(dir, { recursive: true, force: true });
  const files = {
    ...headers,
    Kbuild: `obj-m := ${mutants.map(({ id }) => `${id}/`).join(' ')}\n`,
    ...Object.fromEntries(
      mutants.flatMap(({ id, file, text }) => [
        [`${id}/${basename(file)}`, text],
        [`${id}/Kbuild`, KBUILD(basename(file).replace(/\.c$/, '.o'))],
      ]),
    ),
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
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

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
