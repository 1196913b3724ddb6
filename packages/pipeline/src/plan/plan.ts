// SPDX-License-Identifier: MIT
import type { Fragment, Toolchain } from '@uio-msi/build';
import type { Kernel } from '@uio-msi/kernels';
import { type Cell, cellKey, type Depth } from '@uio-msi/model';
import { type Patch, patchesFor, type Series } from '@uio-msi/series';
import { DEFAULT_DEPTH } from './depth.js';
import { prefixOf } from './prefix.js';

/** A configuration of `linux-tree/configs`. */
export interface Config {
  /** Its file's name without suffix: `minimal`. */
  readonly name: string;
  /** The fragments it is made of, each merged over those before; it is named for the last one. */
  readonly fragments: readonly Omit<Fragment, 'required'>[];
}

/** The axes of a matrix. */
export interface Matrix {
  readonly series: Series;
  /** The series that it needs, in the order in which they are applied; default: none. */
  readonly prerequisites?: readonly Series[];
  readonly kernels: readonly Kernel[];
  readonly arches: readonly string[];
  readonly toolchains: readonly Toolchain[];
  readonly configs: readonly Config[];
  /** The machines that each cell boots in. */
  readonly machines: readonly string[];
  /** How much the suite does in them; default `standard`. */
  readonly depth?: Depth | undefined;
  /** `each`: every prefix of the series, from one patch to all; a number: that one; default: no prefix, the whole. */
  readonly prefixes?: 'each' | number | undefined;
}

/** A cell with what its stages work on. */
export interface PlannedCell {
  readonly cell: Cell;
  readonly key: string;
  /** Name of its worktree and build folder, which it shares with the cells of other prefixes. */
  readonly folder: string;
  readonly kernel: Kernel;
  readonly series: Series;
  /** The patches of other series that are laid under it, for the kernel's line: what it is compared with has them. */
  readonly prerequisites: readonly Patch[];
  /** The patches for the kernel's line, variants resolved, up to the end of the prefix. */
  readonly patches: readonly Patch[];
  /** The modules that they give, as paths in a build folder. */
  readonly modules: readonly string[];
  /** The selftests among them, as folders below tools/testing/selftests. */
  readonly selftests: readonly string[];
  readonly toolchain: Toolchain;
  /** The configuration's options, then the series' own. */
  readonly fragments: readonly Fragment[];
  readonly machines: readonly string[];
  /** How much the suite does in them. */
  readonly depth: Depth;
}

/** Every cell of a matrix, kernels outermost and prefixes innermost, in the order given. Pure. */
export const plan = (matrix: Matrix): readonly PlannedCell[] =>
  matrix.kernels.flatMap((kernel) =>
    matrix.arches.flatMap((arch) =>
      matrix.toolchains.flatMap((toolchain) =>
        matrix.configs.flatMap((config) =>
          prefixesOf(matrix).map((prefix) => planCell(matrix, { kernel, arch, toolchain, config, prefix })),
        ),
      ),
    ),
  );

interface Place {
  readonly kernel: Kernel;
  readonly arch: string;
  readonly toolchain: Toolchain;
  readonly config: Config;
  readonly prefix: number | undefined;
}

const prefixesOf = ({ series, prefixes }: Matrix): readonly (number | undefined)[] =>
  prefixes === 'each' ? series.patches.map((_, at) => at + 1) : [prefixes];

const planCell = (
  { series, prerequisites = [], machines, depth = DEFAULT_DEPTH }: Matrix,
  { kernel, arch, toolchain, config, prefix }: Place,
): PlannedCell => {
  const whole: Cell = {
    series: series.name,
    revision: series.revision,
    line: kernel.line,
    kernel: kernel.version,
    arch,
    toolchain: toolchain.name,
    config: config.name,
  };
  const cell = prefix === undefined ? whole : { ...whole, prefix };
  const patches = patchesFor(series, kernel.line);
  const asked = prefixOf({ ...series, patches }, prefix ?? patches.length);
  return {
    cell,
    key: cellKey(cell),
    folder: cellKey(whole),
    kernel,
    series,
    prerequisites: prerequisites.flatMap((one) => patchesFor(one, kernel.line)),
    patches: asked.patches,
    modules: asked.modules,
    selftests: asked.selftests,
    toolchain,
    fragments: [
      // What it is named for comes last; what that one turns off may take options of the others along.
      ...config.fragments.map((fragment, at) => ({
        ...fragment,
        required: at === config.fragments.length - 1,
      })),
      { name: `patches/${series.name}/series.yaml`, text: asked.config.join('\n'), required: true },
    ],
    machines,
    depth,
  };
};
