// SPDX-License-Identifier: MIT
import { defineCommand } from '../command/spec.js';
import { CELL_OPTIONS, type CellOptions } from './options.js';

/** One stage: build. */
export const build = defineCommand<CellOptions>({
  name: 'build',
  summary: 'build the series with W=1, and nothing after that',
  options: CELL_OPTIONS,
  examples: [
    ['build', 'on the newest kernel'],
    ['build --kernels 6.12 --toolchain gcc-12', 'on another line, with a compiler by name'],
  ],
  async run(options, world) {
    const { runAndReport } = await import('../cells/check.js');
    return runAndReport(options, ['build'], world);
  },
});
