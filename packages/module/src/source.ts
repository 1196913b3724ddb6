// SPDX-License-Identifier: MIT
import { contentKey } from '@uio-msi/host';

/** A source file, by its path in the kernel's tree. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The modules' sources as the series has them on one line. */
export interface LineSource {
  /** `6.1`. */
  readonly line: string;
  /** The exact kernel that the series was applied to. */
  readonly version: string;
  readonly files: readonly SourceFile[];
}

/** Everything that the modules of a series are built from, for one or more lines. */
export interface ModuleSource {
  readonly series: string;
  /** `v2`. */
  readonly revision: string;
  /** What the series gives, as paths of sources in the kernel's tree: `drivers/uio/uio.c`. */
  readonly modules: readonly string[];
  /** Newest first. */
  readonly lines: readonly LineSource[];
}

/** Short digest of all sources: two trees with the same one build the same modules. */
export const sourceDigest = ({ series, revision, modules, lines }: ModuleSource): string =>
  contentKey({ series, revision, modules, lines }).slice(0, 12);

/** Short digest of one line's sources: what a module is built from, whatever else its package has. */
export const lineDigest = (source: ModuleSource, line: LineSource): string =>
  sourceDigest({ ...source, lines: [line] });
