// SPDX-License-Identifier: MIT
import { EXIT } from '@uio-msi/model';
import { defineCommand, type OptionSpec } from '../command/spec.js';
import type { ReportOptions } from '../report/show.js';

const OPTIONS: readonly OptionSpec[] = [
  { flags: '--open', summary: 'open the report in a browser' },
  { flags: '--origin <name>', summary: 'who reports, in the JSON for KCIDB (default: uio_msi)' },
];

const PLAN: OptionSpec = {
  flags: '--plan <file>',
  summary:
    'what `matrix --format` gave the machines: cells that none of them reported are MISS, with the job',
};

const merge = defineCommand<ReportOptions & { readonly plan?: string }>({
  name: 'merge',
  summary: 'make one run of the results of several machines, and write its report',
  argument: { name: '<results...>', summary: 'folders of runs, or files that --json wrote' },
  options: [...OPTIONS, PLAN],
  examples: [
    [
      'report merge machine-1/20261122T081500Z-3f2a machine-2/20261122T081512Z-77aa',
      'folders of runs, with logs',
    ],
    ['report merge part-*.json --json whole.json', 'what --json wrote, and the same again of all'],
  ],
  async run(options, world, ...paths) {
    const { showMerged } = await import('../report/merge.js');
    const { exitCodeOf } = await import('@uio-msi/pipeline');
    const given = paths.filter((path) => path !== undefined);
    const shown = await showMerged(given, options, world);
    return { exitCode: exitCodeOf(shown.json.verdict), ...shown };
  },
});

/** The report of a run that has ended. */
export const report = defineCommand<ReportOptions>({
  name: 'report',
  summary: 'show a run again and write its report: the last one, or one by name',
  argument: { name: '[run]', summary: 'a name, as `check` shows it, last~2, last-good (default: last)' },
  options: OPTIONS,
  subcommands: [merge],
  examples: [
    ['report', 'the last run'],
    ['report --open', 'and its pages'],
  ],
  async run(options, world, run) {
    const { showReport } = await import('../report/show.js');
    return { exitCode: EXIT.good, ...(await showReport(run ?? null, options, world)) };
  },
});
