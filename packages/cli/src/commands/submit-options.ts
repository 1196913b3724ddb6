// SPDX-License-Identifier: MIT
import type { OptionSpec } from '../command/spec.js';
import { list, SERIES } from './options.js';

/** What says which posting is meant, for every command about one. */
export const REVISION_OPTIONS: readonly OptionSpec[] = [
  SERIES,
  {
    flags: '--to <list>',
    summary: 'recipients beside those in series.yaml, with commas between',
    parse: list,
  },
  { flags: '--cc <list>', summary: 'the same, for Cc:', parse: list },
  { flags: '--resend', summary: 'the revision that was posted last, as it is, with RESEND in its subjects' },
];
