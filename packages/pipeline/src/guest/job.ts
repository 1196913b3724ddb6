// SPDX-License-Identifier: MIT
import { fileURLToPath } from 'node:url';
import type { Limits, Machine } from '@uio-msi/machine';
import type { Depth } from '@uio-msi/model';
import type { Demands } from './demands.js';

/** Where things of ours are in a guest: the suite's bundle, the kernel's selftests, and what runs those. */
export const IN_GUEST = { suite: '/suite', selftests: '/selftests', selftest: '/bin/selftest' } as const;

/** What runs the kernel's selftests in a guest, and then the rest of the job. */
export const SELFTEST = fileURLToPath(new URL('../../../../tools/guest/selftest', import.meta.url));

const CASE_SECONDS = 20;

/** Seconds that the suite gives a case. One that takes longer fails, by the clock alone. */
export const caseLimit = ({ patience }: Demands): number => CASE_SECONDS * patience;

/**
 * How the suite is run there: every device it knows, also those cases those after which the
 * machine is of no use to anybody, a record a line to us.
 */
const suiteCommand = ({ demands, depth, elsewhere }: Tasks): readonly string[] => [
  'node',
  `${IN_GUEST.suite}/suite.mjs`,
  'run',
  '--all-known',
  '--disposable',
  '--timeout',
  String(caseLimit(demands)),
  '--depth',
  depth,
  ...(elsewhere.length === 0 ? [] : ['--elsewhere', ...elsewhere]),
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
const lookFor = (drivers: readonly string[]): readonly string[] => ['sh', '-c', LOOK, 'sh', ...drivers];

/** What a guest is to do. */
export interface Tasks {
  /** Whether the suite is run. */
  readonly suite: boolean;
  /** Whether the kernel's selftests are run, before anything else. */
  readonly selftests: boolean;
  /** The drivers that are to be there, the one for devices last. */
  readonly drivers: readonly string[];
  readonly demands: Demands;
  /** How much the suite does. */
  readonly depth: Depth;
  /** What it need not do here, as another machine does: {@link elsewhereOf}. */
  readonly elsewhere: readonly string[];
}

/**
 * The command line that does a guest's tasks. Selftests get less time than a guest may be silent:
 * they are when all goes well.
 */
export const jobOf = (machine: Machine, tasks: Tasks): readonly string[] => {
  const { suite, selftests, drivers, demands } = tasks;
  return [
    ...(selftests
      ? [
          IN_GUEST.selftest,
          String(2 * caseLimit(demands)),
          drivers.at(-1) ?? '',
          Object.keys(machine.selftests).join(','),
        ]
      : []),
    ...(suite ? suiteCommand(tasks) : lookFor(drivers)),
  ];
};

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
