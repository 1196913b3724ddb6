// SPDX-License-Identifier: MIT
import type { Limits } from '@uio-msi/machine';
import type { Demands } from './demands.js';

/** Where the suite's bundle is in a guest. */
export const SUITE_FOLDER = '/suite';

const CASE_SECONDS = 20;

/** Seconds that the suite gives a case. One that takes longer fails, by the clock alone. */
export const caseLimit = ({ patience }: Demands): number => CASE_SECONDS * patience;

/** How the suite is run there: every case on every device it knows, a record a line to us. */
export const suiteCommand = (demands: Demands): readonly string[] => [
  'node',
  `${SUITE_FOLDER}/suite.mjs`,
  'run',
  '--all-known',
  '--timeout',
  String(caseLimit(demands)),
  '--stream',
  '/run/result',
];

// A driver is in sysfs under its own name: as a module, at its bus, or as a class.
const LOOK =
  'n=0; for name; do n=$((n + 1)); for at in /sys/module/$name /sys/bus/*/drivers/$name /sys/class/$name; ' +
  'do [ -e "$at" ] && continue 2; done; echo "$name: not in sysfs"; exit $n; done';

/**
 * What a guest without the suite does: it looks whether drivers are there. Its exit code is the
 * number of the first that is not, or 0.
 */
export const lookFor = (drivers: readonly string[]): readonly string[] => [
  'sh',
  '-c',
  LOOK,
  'sh',
  ...drivers,
];

/**
 * Seconds. Under emulation a guest is ready in 5 and done in 60. Silence is longer than the suite
 * gives a case and the kernel's watchdog for hung tasks takes, so that those speak first.
 */
const LIMITS: Limits = { ready: 60, total: 600, silence: 60 };

/** How long a guest may take. */
export const guestLimits = ({ patience }: Demands): Limits => ({
  ready: LIMITS.ready * patience,
  total: LIMITS.total * patience,
  silence: LIMITS.silence * patience,
});
