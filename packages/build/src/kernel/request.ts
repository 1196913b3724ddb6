// SPDX-License-Identifier: MIT
import type { Finding } from '@uio-msi/model';
import type { Fragment } from '../kconfig/options.js';
import type { Target } from '../make/variables.js';

/** What to build. */
export interface BuildRequest extends Target {
  readonly fragments: readonly Fragment[];
  /** Paths of the kernel tree that the series changes: what is said about others does not count. */
  readonly touched: readonly string[];
  /**
   * Modules the series must bring, as paths of the build folder: `drivers/uio/uio.ko`. All have to
   * come, as files or in the image, but those whose option the configuration leaves out.
   */
  readonly modules: readonly string[];
}

/** What came of it. */
export interface BuildResult {
  readonly ok: boolean;
  /** Whether there is something to judge: else it ended early, and the reason says why. */
  readonly made: boolean;
  /** One line; null when it is ok. */
  readonly reason: string | null;
  /** What counts. */
  readonly findings: readonly Finding[];
  /** What was said of files that the series leaves alone; the tree without it may say the same. */
  readonly others: readonly Finding[];
  /** Absolute path of the boot image; null when there is none. */
  readonly image: string | null;
  /** Absolute paths of the modules that came of those requested, in order. */
  readonly modules: readonly string[];
  /** Those that are in the image instead, as paths of the build folder. */
  readonly builtIn: readonly string[];
  /** What became of the sources, of a configuration that is compiled only. */
  readonly sources: Sources | null;
  /** The make command that does it again by hand. */
  readonly command: string;
}

/** Sources that a series touches, or that include what it touches, as paths of the kernel tree. */
export interface Sources {
  readonly compiled: readonly string[];
  /** Those that do not compile. */
  readonly broken: readonly string[];
  /** Those that the configuration, or kbuild, leaves out. */
  readonly leftOut: readonly string[];
}
