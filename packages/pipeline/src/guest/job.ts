// SPDX-License-Identifier: MIT
import type { Limits } from '@uio-msi/machine';

/** Where the suite's bundle is in a guest. */
export const SUITE_FOLDER = '/suite';

/** How the suite is run there: every case on every device it knows, a record a line to us. */
export const SUITE_COMMAND: readonly string[] = [
  'node',
  `${SUITE_FOLDER}/suite.mjs`,
  'run',
  '--all-known',
  '--stream',
  '/run/result',
];

/**
 * Seconds. Under emulation a guest is ready in 5 and done in 30. Silence is longer than the 20 that
 * the suite gives a case and the kernel's watchdog for hung tasks takes, so that those speak first.
 */
export const LIMITS: Limits = { ready: 60, total: 600, silence: 60 };
