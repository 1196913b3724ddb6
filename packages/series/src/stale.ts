// SPDX-License-Identifier: MIT
import { changeDigest } from './patch/digest.js';
import type { Patch } from './patch/patch.js';
import type { Series, Variant } from './series.js';

/** A variant that was made from a patch which has changed since. */
export interface StaleVariant {
  readonly variant: Variant;
  /** What `of` has to be once the variant was looked at. */
  readonly now: string;
}

/**
 * The variants whose patch is not what they were made from any more: what changed there may be
 * missing here.
 *
 * @param among only those that replace a patch in this list; null for all
 */
export const staleVariants = (
  { patches, variants }: Pick<Series, 'patches' | 'variants'>,
  among: readonly Patch[] | null = null,
): StaleVariant[] =>
  variants.flatMap((variant) => {
    const patch = patches.find(({ file }) => file === variant.patch);
    const wanted = among === null || among.includes(variant.replacement);
    if (!patch || !wanted || variant.of === undefined) return [];
    const now = changeDigest(patch);
    return variant.of === now ? [] : [{ variant, now }];
  });
