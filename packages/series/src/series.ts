// SPDX-License-Identifier: MIT
import type { Manifest, Prerequisite } from './disk/manifest.js';
import type { Patch } from './patch/patch.js';

/** A patch that takes another's place on older lines. */
export interface Variant {
  /** The newest line it holds for; older ones too, down to the next variant of the same patch. */
  readonly line: string;
  /** The file of the patch it replaces. */
  readonly patch: string;
  /** The `changeDigest` of that patch when this one was made from it, if somebody noted it. */
  readonly of?: string | undefined;
  readonly replacement: Patch;
  readonly why: string;
}

/** An ordered list of patches with what belongs to them. */
export interface Series {
  readonly name: string;
  /** `v2`. */
  readonly revision: string;
  readonly changeId: string;
  readonly subject: string;
  readonly prefix: string;
  /** The line the patches are made for. */
  readonly base: string;
  /** The upstream commit that the patches as posted are based on; null when nobody has named it. */
  readonly baseCommit: string | null;
  /** What has to be there first, in order. */
  readonly prerequisites: readonly Prerequisite[];
  /** Who gets it, as mailboxes, beside whoever the patches name. */
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly patches: readonly Patch[];
  readonly variants: readonly Variant[];
  /** Lines of a .config that the series needs. */
  readonly config: Manifest['config'];
  /** Modules that the series gives, as paths in a build folder. */
  readonly modules: Manifest['modules'];
  /** Selftests that the series brings, as folders below tools/testing/selftests. */
  readonly selftests: Manifest['selftests'];
  readonly matrix: Manifest['matrix'];
  /** Findings that somebody decided to live with for a time; absent: none. */
  readonly waivers?: Manifest['waivers'];
  /** The folder it was read from. */
  readonly dir: string;
}

/**
 * Orders kernel lines by number, older first: 6.6 before 6.12; `mainline` and `next` are newest.
 */
export const compareLines = (a: string, b: string): number => {
  const [x, y] = [numbers(a), numbers(b)];
  return x.major - y.major || x.minor - y.minor;
};

// Kernel versions have had no more than four digits in a part.
const NEWEST = 1_000_000;

const numbers = (line: string): { major: number; minor: number } => {
  const [major = NEWEST, minor = NEWEST] = /^\d/.test(line) ? line.split('.').map(Number) : [];
  return { major, minor };
};

/**
 * The patches of a series for a line, in order. A variant holds for its own line and for older
 * ones, down to the next variant of the same patch: its line is the last one before the kernel got
 * what the newer patch needs (`eventfd_signal()` lost an argument with 6.8, so the variant with two
 * is of 6.7), and a kernel between two that were tried has what it is to have.
 */
export const patchesFor = (series: Series, line: string): Patch[] =>
  series.patches.map((patch) => variantFor(series, patch, line)?.replacement ?? patch);

/** The variant that replaces a patch on a line; undefined where the patch itself is good. */
export const variantFor = ({ variants }: Series, patch: Patch, line: string): Variant | undefined =>
  variants
    .filter((variant) => variant.patch === patch.file && compareLines(line, variant.line) <= 0)
    .sort((a, b) => compareLines(a.line, b.line))[0];
