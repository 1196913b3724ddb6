// SPDX-License-Identifier: MIT
import { defineCommand } from '../command/spec.js';
import { CELL_OPTIONS, type CellOptions, DEPTH } from './options.js';

/** One stage: conform. */
export const conform = defineCommand<CellOptions>({
  name: 'conform',
  summary: 'exercise the driver in a guest with the conformance suite',
  options: [...CELL_OPTIONS, { ...DEPTH, fallback: 'standard' }],
  examples: [
    ['conform', 'every case on every emulated device, on the newest kernel'],
    ['conform --json -', 'the verdict of each case as JSON'],
  ],
  async run(options, world) {
    const { runAndReport } = await import('../cells/check.js');
    return runAndReport(options, ['conform'], world);
  },
});
