// SPDX-License-Identifier: MIT
import { EXIT } from '@uio-msi/model';
import { defineCommand } from '../command/spec.js';

/** The report of a run that has ended. */
export const report = defineCommand<{ readonly open?: true }>({
  name: 'report',
  summary: 'show a run again and write its report: the last one, or one by name',
  argument: { name: '[run]', summary: 'the name of a run, as `check` shows it (default: the last)' },
  options: [{ flags: '--open', summary: 'open the report in a browser' }],
  examples: [
    ['report', 'the last run'],
    ['report --open', 'and its pages'],
  ],
  async run(options, world, run) {
    const { showReport } = await import('../report/show.js');
    const { text, json } = await showReport(run ?? null, options.open === true, world);
    return { exitCode: EXIT.good, text, json };
  },
});
