// SPDX-License-Identifier: MIT
import { EXIT } from '@uio-msi/model';
import { defineCommand, type OptionSpec } from '../command/spec.js';
import { KERNELS, list, listOf, SERIES } from './options.js';
import { TIERS, type Tier } from './tiers.js';

const FORMATS = ['text', 'github', 'gitlab'] as const;

interface Options {
  readonly series: string;
  readonly tier: Tier;
  readonly kernels?: readonly string[];
  readonly cells?: readonly string[];
  readonly format: (typeof FORMATS)[number];
}

/** `--tier`: how much of the matrix. */
export const TIER: OptionSpec = {
  flags: '--tier <name>',
  summary: 'check, nightly, or weekly; each has what those before it have',
  fallback: 'nightly',
  parse: (text) => listOf('tier', TIERS)(text)[0],
};

/** `--cells`: squares by name. */
export const CELLS: OptionSpec = {
  flags: '--cells <list>',
  summary:
    'some of the cells, as `matrix` names them: 7.2.6/x86_64/gcc/minimal, 7.2.6/x86_64/gcc/minimal/first1-8 (default: all)',
  parse: list,
};

/** What chooses squares of the matrix. */
export const MATRIX_OPTIONS: readonly OptionSpec[] = [
  SERIES,
  TIER,
  { ...KERNELS, summary: 'lines or exact versions: 6.12,7.2 (default: all of the tier)' },
  CELLS,
];

/** The plan of a tier. */
export const matrix = defineCommand<Options>({
  name: 'matrix',
  summary: 'show what a tier of the matrix would run, what is known of it, and how long the rest takes',
  options: [
    ...MATRIX_OPTIONS,
    {
      flags: '--format <name>',
      summary: "text, or the cells for a build server's matrix job: github, gitlab",
      fallback: 'text',
      parse: (text) => listOf('format', FORMATS)(text)[0],
    },
  ],
  examples: [
    ['matrix', 'what a night would run; nothing is run now'],
    ['matrix --tier weekly --kernels 7.2', 'the same of a week, on one line'],
    ['matrix --format github', 'the matrix of a job of GitHub Actions, within its limits'],
  ],
  async run(options, world) {
    const { showMatrix } = await import('../matrix/show.js');
    return { exitCode: EXIT.good, ...(await showMatrix(options, world)) };
  },
});
