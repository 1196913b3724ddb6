// SPDX-License-Identifier: MIT
import { EXIT } from '@uio-msi/model';
import { defineCommand, type OptionSpec } from '../command/spec.js';
import type { ReportOptions } from '../report/show.js';
import type { MergeOptions } from '../report/whole.js';
import { FAIL_ON } from './nightly.js';
import { list, SERIES } from './options.js';

const OPTIONS: readonly OptionSpec[] = [
  { flags: '--open', summary: 'open the report in a browser' },
  { flags: '--origin <name>', summary: 'who reports, in the JSON for KCIDB (default: uio_msi)' },
];

const PLAN: OptionSpec = {
  flags: '--plan <file>',
  summary:
    'what `matrix --format` gave the machines: cells that none of them reported are MISS, with the job',
};

const BEFORE: OptionSpec = {
  flags: '--before <list>',
  summary:
    'results of nights before, or a folder with some, or none yet: what is new since them is told (default: what the state folder has)',
  parse: list,
};

const merge = defineCommand<MergeOptions>({
  name: 'merge',
  summary: 'make one run of the results of several machines, write its report, and say what is new in it',
  argument: {
    name: '[results...]',
    summary: 'folders of runs, files that --json wrote, or folders with some of these',
  },
  options: [
    ...OPTIONS,
    PLAN,
    BEFORE,
    FAIL_ON,
    { ...SERIES, summary: 'the series of the plan, where no machine reported anything' },
  ],
  examples: [
    [
      'report merge machine-1/20261122T081500Z-3f2a machine-2/20261122T081512Z-77aa',
      'folders of runs, with logs',
    ],
    ['report merge part-*.json --json whole.json', 'what --json wrote, and the same again of all'],
    [
      'report merge results --plan plan.json --before nights --json whole.json',
      'what the jobs of a build server left, as a night: ends with 0 when nothing is worse than before',
    ],
  ],
  async run(options, world, ...paths) {
    const { showMerged } = await import('../report/whole.js');
    return showMerged(
      paths.filter((path) => path !== undefined),
      options,
      world,
    );
  },
});

/** The report of a run that has ended. */
export const report = defineCommand<ReportOptions>({
  name: 'report',
  summary: 'show a run again and write its report: the last one, one by name, or one that was brought here',
  argument: {
    name: '[run]',
    summary: 'a name, as `check` shows it, last~2, last-good, or a path (default: last)',
  },
  options: OPTIONS,
  subcommands: [merge],
  examples: [
    ['report', 'the last run'],
    ['report --open', 'and its pages'],
    ['report ./result.json', 'what --json wrote on another machine'],
  ],
  async run(options, world, run) {
    const { showReport } = await import('../report/show.js');
    return { exitCode: EXIT.good, ...(await showReport(run ?? null, options, world)) };
  },
});
