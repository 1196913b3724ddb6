// SPDX-License-Identifier: MIT

/** The tiers of a matrix as options name them: those of `series.yaml`, without loading what reads it. */
export const TIERS = ['check', 'nightly', 'weekly'] as const;

/** One of {@link TIERS}. */
export type Tier = (typeof TIERS)[number];
