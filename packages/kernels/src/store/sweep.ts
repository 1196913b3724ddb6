// SPDX-License-Identifier: MIT
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectStore } from './open.js';

// What git leaves behind when it is killed, by folder. Packs are written, and refs changed, under
// the store's lock alone, so whoever holds it may remove all of it.
const LEFTOVERS: readonly (readonly [folder: string, name: RegExp])[] = [
  ['.', /^fast_import_crash_|\.lock$/],
  ['objects/pack', /^tmp_/],
  ['refs/kernels', /\.lock$/],
  ['refs/imports', /./],
];

/** Removes what a killed import left in the store. Call it under the store's lock. */
export const sweepStore = async ({ gitDir }: ObjectStore): Promise<void> => {
  for (const [folder, name] of LEFTOVERS) {
    const files = await readdir(join(gitDir, folder)).catch(() => []);
    for (const file of files) if (name.test(file)) await rm(join(gitDir, folder, file));
  }
};
