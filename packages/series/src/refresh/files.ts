// SPDX-License-Identifier: MIT
import { editManifest } from '../disk/edit-manifest.js';
import { editQuiltSeries } from '../disk/edit-quilt.js';
import type { Manifest } from '../disk/manifest.js';
import { readSeriesFile } from '../disk/read.js';
import type { SeriesChanges } from '../disk/transaction.js';
import type { Series } from '../series.js';
import type { PlannedSeries } from './plan.js';

/** A variant with its text. */
export type VariantText = Manifest['variants'][number] & { readonly text: string };

/** What else than patches may change. */
export interface Extra {
  /**
   * The line that the series is made for from now on. The commit that it was based on upstream is
   * forgotten then: somebody has to name the new one.
   */
  readonly base?: string;
  readonly addVariants?: readonly VariantText[];
}

/**
 * The changes to the files of a series that make it what is planned; files that stay what they are
 * are not among them. A variant goes with its patch: to another name, or away.
 */
export const changedFiles = async (
  series: Series,
  plan: PlannedSeries,
  { base, addVariants = [] }: Extra = {},
): Promise<SeriesChanges> => {
  const [manifest, quilt] = await Promise.all(
    ['series.yaml', 'series'].map((file) => readSeriesFile(series.dir, file)),
  );
  const moved = [...movedVariants(series, plan), ...addVariants];
  const patches = plan.patches.map(({ file }) => file);
  const variants = moved.map(({ text: _, ...variant }) => variant);
  const moving = base === undefined ? {} : { base, 'base-commit': null };
  const sameList = patches.join('\n') === series.patches.map(({ file }) => file).join('\n');
  const before = new Map([
    ['series.yaml', manifest ?? ''],
    ['series', quilt ?? ''],
    ...series.patches.map(({ file, text }) => [file, text] as const),
    ...series.variants.map(({ replacement: { file, text } }) => [file, text] as const),
  ]);
  const after = new Map([
    ['series.yaml', editManifest(manifest ?? '', { patches, variants, ...moving })],
    ['series', sameList ? (quilt ?? '') : editQuiltSeries(quilt ?? '', plan.patches)],
    ...plan.patches.map(({ file, text }) => [file, text] as const),
    ...moved.map(({ file, text }) => [file, text] as const),
  ]);
  return difference(before, after);
};

const movedVariants = (series: Series, plan: PlannedSeries): VariantText[] =>
  series.variants.flatMap(({ line, patch, of, replacement, why }) => {
    const to = plan.patches.find(({ was }) => was === patch)?.file;
    if (to === undefined) return [];
    const file = replacement.file.replace(/[^/]+$/, (name) => (name === patch ? to : name));
    const noted = of === undefined ? {} : { of };
    return [{ line, patch: to, ...noted, file, why, text: replacement.text }];
  });

const difference = (
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): SeriesChanges => {
  const removed = [...before.keys()].filter((file) => !after.has(file)).map((file) => [file, null] as const);
  const written = [...after].filter(([file, text]) => before.get(file) !== text);
  return new Map([...removed, ...written]);
};
