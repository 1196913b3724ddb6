// SPDX-License-Identifier: MIT
import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { contentKey, fileDigest, type State } from '@uio-msi/host';

/** What a build gives to a guest. */
export interface Artefacts {
  /** Path of the boot image. */
  readonly image: string;
  /** Paths of the modules in the order in which they are loaded; a kernel has no two of one name. */
  readonly modules: readonly string[];
  /** Names of the drivers that are to be there once they are loaded, in the image or as modules: `uio_msi`. */
  readonly drivers: readonly string[];
}

const IMAGE = 'image';
const MODULES = 'modules';

/**
 * Copies artefacts out of a build folder, which moves on, into a folder that appears whole.
 *
 * @returns the digest of their content
 */
export const keepArtefacts = async (
  dir: string,
  { image, modules }: Pick<Artefacts, 'image' | 'modules'>,
): Promise<string> => {
  const temporary = `${dir}.${process.pid}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(join(temporary, MODULES), { recursive: true });
  await copy(image, join(temporary, IMAGE));
  for (const module of modules) await copy(module, join(temporary, MODULES, basename(module)));
  await rm(dir, { recursive: true, force: true });
  await rename(temporary, dir);
  return digestOf(dir);
};

/** Outputs of a build that name its modules, files and those in the image, in order. */
export const moduleNames = (modules: readonly string[], builtIn: readonly string[]) => ({
  modules: modules.map((path) => basename(path)).join(' '),
  builtIn: builtIn.map((path) => basename(path)).join(' '),
});

/** The artefacts of a build, by its outputs. */
export const openArtefacts = (state: State, outputs: Readonly<Record<string, string>>): Artefacts => {
  const dir = state.path(outputs['artefacts'] ?? '');
  const names = (of: string) => outputs[of]?.split(' ').filter((name) => name !== '') ?? [];
  return {
    image: join(dir, IMAGE),
    modules: names('modules').map((name) => join(dir, MODULES, name)),
    // The kernel knows uio-msi.ko by the name uio_msi.
    drivers: [...names('builtIn'), ...names('modules')].map((name) =>
      basename(name, '.ko').replaceAll('-', '_'),
    ),
  };
};

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
