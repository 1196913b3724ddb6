// SPDX-License-Identifier: MIT
import type { OptionSpec } from './spec.js';

/** What every command understands. */
export interface GlobalOptions {
  readonly json?: string;
  readonly state?: string;
  readonly color: boolean;
  readonly verbose?: true;
}

/** The options of {@link GlobalOptions}. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { flags: '--json <file>', summary: 'write the result as JSON to a file, or to standard output with -' },
  {
    flags: '--state <dir>',
    summary: 'the folder for heavy things (default: UIO_MSI_STATE, or linux-tree/state)',
  },
  { flags: '--no-color', summary: 'no colours (also: NO_COLOR in the environment)' },
  { flags: '-v, --verbose', summary: 'say more: every step as it ends, stacks of errors' },
];
