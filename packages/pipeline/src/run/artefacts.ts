// SPDX-License-Identifier: MIT
import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { contentKey, fileDigest } from '@uio-msi/host';

/** What a build gives to a guest. */
export interface Artefacts {
  /** Path of the boot image. */
  readonly image: string;
  /** Paths of the modules in the order in which they are loaded. */
  readonly modules: readonly string[];
}

const IMAGE = 'image';
const MODULES = 'modules';

/**
 * Copies artefacts out of a build folder, which moves on, into a folder that appears whole.
 *
 * @returns the digest of their content
 */
export const keepArtefacts = async (dir: string, { image, modules }: Artefacts): Promise<string> => {
  const temporary = `${dir}.${process.pid}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(join(temporary, MODULES), { recursive: true });
  await copy(image, join(temporary, IMAGE));
  for (const module of modules) await copy(module, join(temporary, MODULES, basename(module)));
  await rm(dir, { recursive: true, force: true });
  await rename(temporary, dir);
  return digestOf(dir);
};

/**
 * The artefacts in a folder that {@link keepArtefacts} made.
 *
 * @param modules their paths in the build folder, in the order in which they are loaded; a kernel
 *   has no two modules of one name
 */
export const openArtefacts = (dir: string, modules: readonly string[]): Artefacts => ({
  image: join(dir, IMAGE),
  modules: modules.map((module) => join(dir, MODULES, basename(module))),
});

/** Whether the artefacts in a folder are those of that digest. */
export const artefactsAreWhole = (dir: string, digest: string | undefined): Promise<boolean> =>
  digestOf(dir).then(
    (found) => found === digest,
    () => false,
  );

const digestOf = async (dir: string): Promise<string> => {
  const modules = (await readdir(join(dir, MODULES))).sort();
  const digests = modules.map(async (name) => [name, await fileDigest(join(dir, MODULES, name))]);
  return contentKey([await fileDigest(join(dir, IMAGE)), await Promise.all(digests)]);
};

const copy = (from: string, to: string): Promise<void> => copyFile(from, to, constants.COPYFILE_FICLONE);
