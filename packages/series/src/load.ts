// SPDX-License-Identifier: MIT
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseManifest } from './disk/manifest.js';
import { requireSameOrder } from './disk/quilt.js';
import { readSeriesFile } from './disk/read.js';
import { requireFinished } from './disk/transaction.js';
import { type Patch, parsePatchFile } from './patch/patch.js';
import { problem } from './problems.js';
import type { Series } from './series.js';

/**
 * Reads a series: its `series.yaml`, the patches and variants that names, and quilt's `series`,
 * which must list the same. Reads nothing outside the folder and writes nothing.
 *
 * @throws {UserError} with a code, the file, and what to do, for whatever is wrong with it
 */
export const loadSeries = async (dir: string): Promise<Series> => {
  const found = await stat(dir).catch(() => null);
  if (!found?.isDirectory()) throw problem('series-missing', dir);
  await requireFinished(dir);
  const manifest = parseManifest(
    await readSeriesFile(dir, 'series.yaml'),
    join(basename(resolve(dir)), 'series.yaml'),
  );
  requireSameOrder(manifest.patches, await readSeriesFile(dir, 'series'));
  const { name, subject, prefix, base, config, modules, selftests, matrix, waivers } = manifest;
  return {
    name,
    revision: `v${manifest.revision}`,
    changeId: manifest['change-id'],
    subject,
    prefix,
    base,
    baseCommit: manifest['base-commit'] ?? null,
    prerequisites: manifest.prerequisites,
    to: manifest.to,
    cc: manifest.cc,
    patches: await Promise.all(manifest.patches.map((file) => loadPatch(dir, file))),
    variants: await Promise.all(
      manifest.variants.map(async ({ line, patch, of, file, why }) => ({
        line,
        patch,
        of,
        replacement: await loadPatch(dir, file),
        why,
      })),
    ),
    config,
    modules,
    selftests,
    matrix,
    waivers,
    dir,
  };
};

const loadPatch = async (dir: string, file: string): Promise<Patch> =>
  parsePatchFile(file, await readSeriesFile(dir, file));
