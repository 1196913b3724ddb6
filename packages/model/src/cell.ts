// SPDX-License-Identifier: MIT

/** The stages of a cell, in the order they run. */
export const STAGES = [
  'source',
  'apply',
  'check',
  'base',
  'build',
  'inspect',
  'boot',
  'selftest',
  'conform',
] as const;

/** One of {@link STAGES}. */
export type StageName = (typeof STAGES)[number];

/** One square of the matrix: series × kernel × arch × toolchain × config. */
export interface Cell {
  readonly series: string;
  readonly revision: string;
  /** The line a kernel belongs to: `6.12`. */
  readonly line: string;
  /** One exact version: `6.12.107`. */
  readonly kernel: string;
  /** The kernel's name for it: `x86_64`, `arm64`. */
  readonly arch: string;
  /** Compiler and major version: `gcc-12`. */
  readonly toolchain: string;
  /** A file of `linux-tree/configs` without its suffix: `minimal`. */
  readonly config: string;
  /** How many patches of the series, from the first, are applied; absent for all of them. */
  readonly prefix?: number | undefined;
}

/** The cell's name for humans, file names and JSON: `7.2.6-x86_64-gcc-12-minimal`, `…-minimal-first3` for a prefix. */
export const cellKey = ({ kernel, arch, toolchain, config, prefix }: Cell): string =>
  [kernel, arch, toolchain, config, ...(prefix === undefined ? [] : [`first${prefix}`])].join('-');

/** The family of a compiler: `gcc` of `gcc-12`. */
export const familyOf = (toolchain: string): string => toolchain.replace(/-\d.*$/, '');
