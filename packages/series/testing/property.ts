// SPDX-License-Identifier: MIT

/**
 * The seed of property tests: always the same, so that a test fails for the change it is run on,
 * unless FC_SEED names another, as a nightly run does.
 */
export const PROPERTY = { seed: Number(process.env['FC_SEED'] ?? 20150930) };
