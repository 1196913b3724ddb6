// SPDX-License-Identifier: MIT
import type { Limits } from '@uio-msi/machine';

/** Where the suite's bundle is in a guest. */
export const SUITE_FOLDER = '/suite';

/** Seconds that the suite gives a case. One that takes longer fails, by the clock alone. */
export const CASE_LIMIT = 20;

/** How the suite is run there: every case on every device it knows, a record a line to us. */
export const SUITE_COMMAND: readonly string[] = [
  'node',
  `${SUITE_FOLDER}/suite.mjs`,
  'run',
  '--all-known',
  '--timeout',
  String(CASE_LIMIT),
  '--stream',
  '/run/result',
];

/**
 * Seconds. Under emulation a guest is ready in 5 and done in 30. Silence is longer than the suite
 * gives a case and the kernel's watchdog for hung tasks takes, so that those speak first.
 */
export const LIMITS: Limits = { ready: 60, total: 600, silence: 60 };
