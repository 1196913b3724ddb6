// SPDX-License-Identifier: MIT

/**
 * How much the conformance suite does of what it can (conformance/src/run/depth.ts): `quick` after
 * an edit, `standard` before others see it, `full` for a night.
 */
export const DEPTHS = ['quick', 'standard', 'full'] as const;

/** One of {@link DEPTHS}. */
export type Depth = (typeof DEPTHS)[number];
