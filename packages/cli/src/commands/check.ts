// SPDX-License-Identifier: MIT
import type { StageName } from '@uio-msi/model';
import { defineCommand } from '../command/spec.js';
import { AGAIN, CELL_OPTIONS, type CellOptions, DEPTH, STAGE_LIST } from './options.js';

/** The main job. */
export const check = defineCommand<CellOptions & { readonly stages?: readonly StageName[] }>({
  name: 'check',
  summary: 'apply, check, build, boot and exercise the series; write a report',
  options: [...CELL_OPTIONS, { ...DEPTH, fallback: 'quick' }, STAGE_LIST, AGAIN],
  examples: [
    ['check', 'every stage on the newest kernel, the suite in short'],
    ['check --depth full', 'every case on every device: minutes, on a debug kernel an hour'],
    ['check --kernels 6.12,7.2 --stages apply', 'does the series still apply to both?'],
    ['check --stages conform --again', 'the suite once more, although its result is known'],
    ['check --json result.json', 'the result for a script as well'],
  ],
  async run(options, world) {
    const { runAndReport } = await import('../cells/check.js');
    return runAndReport(options, options.stages ?? null, world);
  },
});
