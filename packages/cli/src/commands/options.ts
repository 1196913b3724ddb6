// SPDX-License-Identifier: MIT
import { DEPTHS, type Depth, STAGES, UserError } from '@uio-msi/model';
import type { OptionSpec } from '../command/spec.js';

/**
 * The items of a comma-separated list.
 *
 * @throws {UserError} `empty-list`: what was asked for would be nothing, and pass
 */
export const list = (text: string): readonly string[] => {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
  if (items.length > 0) return items;
  throw new UserError({
    code: 'empty-list',
    message: `"${text}" is an empty list`,
    next: 'name something in it, or leave the option out',
  });
};

/**
 * Parses a list of things that are known.
 *
 * @param what one of them is called: `stage`
 * @throws {UserError} `empty-list`, `unknown-<what>`
 */
export const listOf =
  <Name extends string>(what: string, known: readonly Name[]) =>
  (text: string): readonly Name[] =>
    list(text).map((name) => {
      const found = known.find((one) => one === name);
      if (found !== undefined) return found;
      throw new UserError({
        code: `unknown-${what}`,
        message: `there is no ${what} ${name}`,
        next: `choose from ${known.join(', ')}`,
      });
    });

/** `--yes`: agree to installing system packages. */
export const YES: OptionSpec = {
  flags: '-y, --yes',
  summary: 'install missing system packages without asking',
};

/** The series where nobody names another. */
export const DEFAULT_SERIES = 'uio_msi';

/** `--series`: the series to work on. */
export const SERIES: OptionSpec = {
  flags: '--series <name>',
  summary: 'a series in patches/, or the path of a folder like it',
  fallback: DEFAULT_SERIES,
};

/** `--kernels`: lines or exact versions. */
export const KERNELS: OptionSpec = {
  flags: '--kernels <list>',
  summary: 'lines or exact versions: 6.12,7.2 (default: the newest of the tier check)',
  parse: list,
};

/** `--kernel`: one line or exact version, in the catalogue or not. */
export const ONE_KERNEL: OptionSpec = {
  flags: '--kernel <name>',
  summary: 'a line or an exact version, in the catalogue or not: 5.10',
};

/**
 * The line of a kernel that is named by its line or version: `5.10` for `5.10.223`.
 *
 * @throws {UserError} `unknown-kernel` for what is no version at all
 */
export const lineOf = (kernel: string): string => {
  const [, line] = /^(mainline|next|\d+\.\d+)(?:[.-][\w.-]*)?$/.exec(kernel) ?? [];
  if (line !== undefined) return line;
  throw new UserError({
    code: 'unknown-kernel',
    message: `"${kernel}" is no kernel`,
    next: 'give a line such as 5.10, an exact version such as 5.10.223, or mainline',
  });
};

/** `--stages`: what to run. */
export const STAGE_LIST: OptionSpec = {
  flags: '--stages <list>',
  summary: `some of ${STAGES.join(',')}, and those they need (default: all)`,
  parse: listOf('stage', STAGES),
};

/** `--again`: what is known is not enough. */
export const AGAIN: OptionSpec = {
  flags: '--again',
  summary: 'do the stages although their results are known; those they need are taken as they are known',
};

/** `--config`: kernel configurations. */
export const CONFIG: OptionSpec = {
  flags: '--config <list>',
  summary:
    'files in linux-tree/configs without their suffix, merged over minimal where they name nothing else',
  fallback: 'minimal',
  parse: list,
};

/** `--toolchain`: a compiler. */
export const TOOLCHAIN: OptionSpec = {
  flags: '--toolchain <name>',
  summary: 'a compiler, with its major version if that matters: gcc-12 (default: gcc)',
};

/** `--arch`: what is built for. */
export const ARCH: OptionSpec = {
  flags: '--arch <name>',
  summary: "an architecture, by the kernel's name for it: x86_64, arm64, riscv64, i386 (default: x86_64)",
};

/** `--machines`: what is booted. */
export const MACHINE_LIST: OptionSpec = {
  flags: '--machines <list>',
  summary: 'machines to boot, each a guest with devices of its own (default: the standard ones)',
  parse: list,
};

/** `--prefix`: a part of the series. */
export const PREFIX: OptionSpec = {
  flags: '--prefix <n>',
  summary: 'only the first n patches of the series',
  parse: (text) => {
    if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
    throw new UserError({
      code: 'bad-prefix',
      message: `"${text}" is no number of patches`,
      next: 'give a number from 1 to that of the patches',
    });
  },
};

/** `--depth`: how much the conformance suite does. */
export const DEPTH: OptionSpec = {
  flags: '--depth <depth>',
  summary:
    'what the suite does: quick (each case once for each type of interrupts, or on each device where that matters), standard (on each device), full (faults on each, too)',
  parse: (text) => listOf('depth', DEPTHS)(text)[0],
};

/** `--accel`: what runs a guest's code. */
export const ACCEL: OptionSpec = {
  flags: '--accel <name>',
  summary:
    'with --shell or --run: kvm, tcg, or tcg-single, all processors in one thread (default: the best that works)',
};

/** What chooses cells of the matrix, for every command that runs stages. */
export const CELL_OPTIONS: readonly OptionSpec[] = [
  SERIES,
  KERNELS,
  CONFIG,
  ARCH,
  TOOLCHAIN,
  MACHINE_LIST,
  YES,
];

/** The values of {@link CELL_OPTIONS}. */
export interface CellOptions {
  readonly series: string;
  readonly kernels?: readonly string[];
  readonly config: readonly string[];
  readonly arch?: string;
  readonly toolchain?: string;
  readonly machines?: readonly string[];
  readonly depth?: Depth;
  /** Every prefix, or one; absent for the whole series. */
  readonly prefix?: 'each' | number;
  readonly again?: boolean;
}

/** The same for a guest that a person drives. */
export interface GuestOptions extends CellOptions {
  readonly accel?: string;
}

/** `--kernel`: what a worktree is, or is to be, upon. */
export const WORK_KERNEL: OptionSpec = {
  flags: '--kernel <name>',
  summary: 'a line or an exact version (default: the line that the series is made for)',
};

/** `--dir`: where a worktree is, or is to be. */
export const WORK_DIR: OptionSpec = {
  flags: '--dir <dir>',
  summary: 'the worktree (default: linux-tree/edit/SERIES-VERSION)',
};
