// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';
import { defineCommand, type OptionSpec } from '../command/spec.js';
import type { FailOn } from '../nightly/tell.js';
import { MATRIX_OPTIONS } from './matrix.js';
import { listOf, YES } from './options.js';
import type { Tier } from './tiers.js';

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

const duration = (text: string): number => {
  const [, number, unit = ''] = /^(\d{1,5}(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
  const seconds = Number(number) * (UNITS[unit] ?? 0);
  if (seconds > 0) return seconds;
  throw new UserError({
    code: 'bad-duration',
    message: `"${text}" is no duration`,
    next: 'give a number and a unit: 90m, 8h',
  });
};

const count = (text: string): number => {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new UserError({
    code: 'bad-number',
    message: `"${text}" is no number to keep`,
    next: 'give a whole number, at least 1',
  });
};

/** What is kept of old runs. */
export const KEEP: readonly OptionSpec[] = [
  { flags: '--keep-days <n>', summary: 'keep runs of the last n days', fallback: '30', parse: count },
  { flags: '--keep-runs <n>', summary: 'keep at least the last n runs', fallback: '20', parse: count },
];

const FAIL_ON_CHOICES: readonly FailOn[] = ['new', 'any', 'never'];

/** `--fail-on`: what a night ends badly for. */
export const FAIL_ON: OptionSpec = {
  flags: '--fail-on <what>',
  summary: `end with 1 for what is new since the last night, for any failure, or never for what was found: ${FAIL_ON_CHOICES.join(', ')}`,
  fallback: 'new',
  parse: (text) => listOf('choice', FAIL_ON_CHOICES)(text)[0],
};

interface Options {
  readonly series: string;
  readonly tier: Tier;
  readonly kernels?: readonly string[];
  readonly cells?: readonly string[];
  readonly deadline?: number;
  readonly failFast?: true;
  readonly failOn: FailOn;
  readonly keepDays: number;
  readonly keepRuns: number;
}

/** The whole matrix, and only what is new. */
export const nightly = defineCommand<Options>({
  name: 'nightly',
  summary: 'run the matrix of the series, and say what changed since the last night',
  options: [
    ...MATRIX_OPTIONS,
    {
      flags: '--deadline <duration>',
      summary: 'stop after so long: 90m, 8h; what is not done then is MISS, and the next run does it',
      parse: duration,
    },
    { flags: '--fail-fast', summary: 'stop at the first cell that fails and was not known to' },
    FAIL_ON,
    ...KEEP,
    YES,
  ],
  examples: [
    ['nightly --deadline 8h', 'the tier nightly; ends with 0 when nothing is worse than last night'],
    ['nightly --tier weekly --fail-on any', 'everything, and 1 for every failure'],
    [
      'nightly --cells 7.2.6/x86_64/gcc/minimal --fail-on never --json result.json',
      'one cell of it, as a job of a build server does, whose results are merged',
    ],
  ],
  async run(options, world) {
    const { runNightly } = await import('../nightly/run.js');
    return runNightly(options, world);
  },
});
