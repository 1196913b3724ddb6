// SPDX-License-Identifier: MIT

/** The steps of the project's own tests, in the order they run. */
export const STEP_NAMES = ['lint', 'sync', 'types', 'unit', 'e2e'] as const;

/** One of {@link STEP_NAMES}. */
export type StepName = (typeof STEP_NAMES)[number];
