// SPDX-License-Identifier: MIT
import type { StageName } from '@uio-msi/model';
import { defineCommand } from '../command/spec.js';
import {
  AGAIN,
  CELL_OPTIONS,
  type CellOptions,
  CONFIG,
  MACHINE_LIST,
  PREFIX,
  STAGE_LIST,
} from './options.js';

/** What every prefix is tried in: as modules, in the image, and without what the driver is about. */
export const PREFIX_CONFIGS: readonly string[] = ['minimal', 'builtin', 'no-msi'];

/** Whether a kernel comes up with the drivers in it does not depend on the devices. */
export const PREFIX_MACHINES: readonly string[] = ['msix'];

/** The suite and the selftests ask for what the whole series does. */
export const PREFIX_STAGES: readonly StageName[] = ['build', 'inspect', 'boot'];

const CONFIGS = { ...CONFIG, fallback: PREFIX_CONFIGS.join() };
const MACHINES = { ...MACHINE_LIST, summary: 'machines to boot', fallback: PREFIX_MACHINES.join() };

const OTHERS = new Map([
  [CONFIG, CONFIGS],
  [MACHINE_LIST, MACHINES],
]);

const OPTIONS = [
  ...CELL_OPTIONS.map((option) => OTHERS.get(option) ?? option),
  PREFIX,
  { ...STAGE_LIST, summary: 'stages, and those they need', fallback: PREFIX_STAGES.join() },
  AGAIN,
];

/** Every prefix of the series: what whoever bisects a kernel lands on. */
export const bisectable = defineCommand<CellOptions & { readonly stages: readonly StageName[] }>({
  name: 'bisectable',
  summary: 'prove that every prefix of the series builds without a warning and boots',
  options: OPTIONS,
  examples: [
    ['bisectable', 'after each patch: as modules, built in, and without MSI; an hour, or seconds when known'],
    ['bisectable --prefix 3 --config builtin --stages build', 'one of them again'],
  ],
  async run(options, world) {
    const { runAndReport } = await import('../cells/check.js');
    return runAndReport({ ...options, prefix: options.prefix ?? 'each' }, options.stages, world);
  },
});
