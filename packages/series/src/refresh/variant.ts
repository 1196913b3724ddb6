// SPDX-License-Identifier: MIT

import { editManifest } from '../disk/edit-manifest.js';
import { readSeriesFile } from '../disk/read.js';
import type { SeriesChanges } from '../disk/transaction.js';
import { changeDigest } from '../patch/digest.js';
import { type Series, variantFor } from '../series.js';
import { refuse } from '../work/refusals.js';
import type { PlannedPatch, PlannedSeries } from './plan.js';

/** A patch of a variant as it will be. */
export interface VariantPlan {
  readonly changes: SeriesChanges;
  /** The patches for the line, in order. */
  readonly patches: readonly PlannedPatch[];
}

/**
 * What becomes of the variants of a series for an older line, from what was done on that line: a
 * patch that changed there becomes, or stays, a variant; the patch of the series stays as it is.
 *
 * @param plan made of the patches for that line
 * @param why what differs there, for a variant that the series does not have yet
 * @throws {UserError} `variant-shape` when patches were added, dropped, renamed or moved;
 *   `variant-why`
 */
export const planVariants = async (
  series: Series,
  line: string,
  plan: PlannedSeries,
  why: string | undefined,
): Promise<VariantPlan> => {
  const changes = new Map<string, string>();
  const variants = series.variants.map(({ replacement, ...variant }) => ({
    line: variant.line,
    patch: variant.patch,
    ...(variant.of === undefined ? {} : { of: variant.of }),
    file: replacement.file,
    why: variant.why,
  }));
  const patches = plan.patches.map((planned, at): PlannedPatch => {
    const patch = series.patches[at];
    const odd = planned.was === null || plan.reordered || plan.dropped.length > 0;
    if (!patch || odd || planned.subject !== patch.subject)
      throw refuse('variant-shape', `the branch for ${line}`, planned.subject);
    const own = variantFor(series, patch, line)?.replacement.file;
    // The patch of the series says the same, and git finds its lines: variants beside it moved them.
    const said = planned.status === 'lines-only' && own === undefined;
    if (planned.status === 'unchanged' || said)
      return { ...planned, status: 'unchanged', file: planned.was ?? '' };
    const file = own ?? `variants/${line}/${patch.file}`;
    const of = changeDigest(patch);
    const known = variants.findIndex((variant) => variant.file === own);
    if (known >= 0) variants.splice(known, 1, { ...variants[known], of } as (typeof variants)[number]);
    else if (why === undefined) throw refuse('variant-why', patch.file, `it changed on ${line}`);
    else variants.push({ line, patch: patch.file, of, file, why });
    changes.set(file, planned.text);
    return { ...planned, file };
  });
  const manifest = await readSeriesFile(series.dir, 'series.yaml');
  const edited = editManifest(manifest, { variants });
  if (edited !== manifest) changes.set('series.yaml', edited);
  return { changes, patches };
};
