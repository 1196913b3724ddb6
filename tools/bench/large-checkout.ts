// SPDX-License-Identifier: MIT
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

// What is heavy or is made again; the packages that were installed are shared.
const LEFT_OUT: readonly string[] = ['.git', '.nx', 'node_modules', 'state', 'edit', 'stable'];

// As many configurations as a block may have.
const A_BLOCK = 200;

const MATRIX = /^matrix:\n(?:[ #].*\n)+/m;

/**
 * Copies a checkout as it is and gives its series a tier `nightly` of many cells that go through all
 * stages: every kernel of the series, each with so many configurations as it takes.
 *
 * @param lines the kernels' lines
 * @param cells how many, a multiple of the lines
 */
export const makeLargeCheckout = async (
  root: string,
  dir: string,
  lines: readonly string[],
  cells: number,
): Promise<void> => {
  const filter = (path: string): boolean => path === root || !LEFT_OUT.includes(basename(path));
  // The launcher goes by the times of files.
  await cp(root, dir, { recursive: true, preserveTimestamps: true, filter });
  await symlink(join(root, 'node_modules'), join(dir, 'node_modules'));
  const folder = join(dir, 'linux-tree/configs');
  const text = await readFile(join(folder, 'debug.config'), 'utf8');
  const configs = Array.from({ length: cells / lines.length }, (_, at) => `debug-${at + 1}`);
  for (const name of configs)
    await writeFile(join(folder, `${name}.config`), `${text}CONFIG_LOCALVERSION="-${name}"\n`);
  const blocks = Array.from({ length: Math.ceil(configs.length / A_BLOCK) }, (_, at) => ({
    configs: configs.slice(at * A_BLOCK, (at + 1) * A_BLOCK),
    depth: 'quick',
  }));
  const tiers = { check: [], nightly: blocks, weekly: [] };
  const manifest = join(dir, 'patches/uio_msi/series.yaml');
  const matrix = `matrix: ${JSON.stringify({ kernels: lines, tiers })}\n`;
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace(MATRIX, matrix));
};
