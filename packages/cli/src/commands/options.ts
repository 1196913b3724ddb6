// SPDX-License-Identifier: MIT
import { STAGES, type StageName, UserError } from '@uio-msi/model';
import type { OptionSpec } from '../command/spec.js';

/** The items of a comma-separated list. */
export const list = (text: string): readonly string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

const stageList = (text: string): readonly StageName[] =>
  list(text).map((name) => {
    const stage = STAGES.find((known) => known === name);
    if (stage) return stage;
    throw new UserError({
      code: 'unknown-stage',
      message: `there is no stage ${name}`,
      next: `choose from ${STAGES.join(', ')}`,
    });
  });

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

/** `--stages`: what to run. */
export const STAGE_LIST: OptionSpec = {
  flags: '--stages <list>',
  summary: `some of ${STAGES.join(',')}, and those they need (default: all)`,
  parse: stageList,
};

/** `--config`: a kernel configuration. */
export const CONFIG: OptionSpec = {
  flags: '--config <name>',
  summary: 'a file in linux-tree/configs without its suffix',
  fallback: 'minimal',
};

/** `--toolchain`: a compiler. */
export const TOOLCHAIN: OptionSpec = {
  flags: '--toolchain <name>',
  summary: 'a compiler, with its major version if that matters: gcc-12 (default: gcc)',
};

/** What chooses cells of the matrix, for every command that runs stages. */
export const CELL_OPTIONS: readonly OptionSpec[] = [SERIES, KERNELS, CONFIG, TOOLCHAIN, YES];

/** The values of {@link CELL_OPTIONS}. */
export interface CellOptions {
  readonly series: string;
  readonly kernels?: readonly string[];
  readonly config: string;
  readonly toolchain?: string;
}
