// SPDX-License-Identifier: MIT
import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { contentKey, fileDigest, type State } from '@uio-msi/host';

/** What a build gives to a guest. */
export interface Artefacts {
  /** Path of the boot image. */
  readonly image: string;
  /** Paths of the modules in the order in which they are loaded; a kernel has no two of one name. */
  readonly modules: readonly string[];
  /** Names of the drivers that are to be there once they are loaded, in the image or as modules: `uio_msi`. */
  readonly drivers: readonly string[];
  /** Paths of the selftests' programs. */
  readonly selftests: readonly string[];
}

const IMAGE = 'image';
const MODULES = 'modules';
const SELFTESTS = 'selftests';

/**
 * Copies artefacts out of a build folder, which moves on, into a folder that appears whole. What a
 * killed run left of an earlier copy goes.
 *
 * @param owner name of the build folder, whose lock is held: no two copies of one owner are made at once
 * @returns the digest of their content
 */
export const keepArtefacts = async (
  dir: string,
  owner: string,
  { image, modules, selftests }: Omit<Artefacts, 'drivers'>,
): Promise<string> => {
  const temporary = join(dirname(dir), `${owner}.tmp`);
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  await copy(image, join(temporary, IMAGE));
  for (const [folder, files] of Object.entries({ [MODULES]: modules, [SELFTESTS]: selftests })) {
    await mkdir(join(temporary, folder));
    for (const file of files) await copy(file, join(temporary, folder, basename(file)));
  }
  await rm(dir, { recursive: true, force: true });
  await rename(temporary, dir);
  return digestOf(dir);
};

/** What a build names in its outputs: modules that are files, those in the image, in order, and selftests. */
export const NAMED = ['modules', 'builtIn', 'selftests'] as const;

/** Outputs of a build that name what it gave, by the paths of each kind. */
export const artefactNames = (
  paths: Readonly<Record<(typeof NAMED)[number], readonly string[]>>,
): Record<(typeof NAMED)[number], string> => {
  const names = (of: readonly string[]) => of.map((path) => basename(path)).join(' ');
  return {
    modules: names(paths.modules),
    builtIn: names(paths.builtIn),
    selftests: names(paths.selftests),
  };
};

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
    selftests: names('selftests').map((name) => join(dir, SELFTESTS, name)),
  };
};

/** Whether the artefacts in a folder are those of that digest. */
export const artefactsAreWhole = (dir: string, digest: string | undefined): Promise<boolean> =>
  digestOf(dir).then(
    (found) => found === digest,
    () => false,
  );

const digestOf = async (dir: string): Promise<string> => {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => relative(dir, join(parentPath, name))).sort();
  return contentKey(await Promise.all(paths.map(async (path) => [path, await fileDigest(join(dir, path))])));
};

const copy = (from: string, to: string): Promise<void> => copyFile(from, to, constants.COPYFILE_FICLONE);
