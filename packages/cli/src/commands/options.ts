// SPDX-License-Identifier: MIT
import type { OptionSpec } from '../command/spec.js';

const list = (text: string): readonly string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

/** `--yes`: agree to installing system packages. */
export const YES: OptionSpec = {
  flags: '-y, --yes',
  summary: 'install missing system packages without asking',
};

/** `--series`: the series to work on. */
export const SERIES: OptionSpec = {
  flags: '--series <name>',
  summary: 'a series in patches/, or the path of a folder like it',
  fallback: 'uio_msi',
};

/** `--kernels`: lines or exact versions. */
export const KERNELS: OptionSpec = {
  flags: '--kernels <list>',
  summary: 'lines or exact versions: 6.12,7.2 (default: the newest line)',
  parse: list,
};
