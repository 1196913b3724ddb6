// SPDX-License-Identifier: MIT
import type { Fragment, Toolchain } from '@uio-msi/build';
import type { Kernel } from '@uio-msi/kernels';
import { type Cell, cellKey } from '@uio-msi/model';
import { type Patch, patchesFor, type Series } from '@uio-msi/series';

/** A configuration of `linux-tree/configs`. */
export interface Config {
  /** Its file's name without suffix: `minimal`. */
  readonly name: string;
  /** Its lines. */
  readonly text: string;
}

/** The axes of a matrix. */
export interface Matrix {
  readonly series: Series;
  readonly kernels: readonly Kernel[];
  readonly arches: readonly string[];
  readonly toolchains: readonly Toolchain[];
  readonly configs: readonly Config[];
  /** The machines that each cell boots in. */
  readonly machines: readonly string[];
}

/** A cell with what its stages work on. */
export interface PlannedCell {
  readonly cell: Cell;
  readonly key: string;
  readonly kernel: Kernel;
  readonly series: Series;
  /** The patches for the kernel's line, variants resolved. */
  readonly patches: readonly Patch[];
  readonly toolchain: Toolchain;
  /** The configuration's options, then the series' own. */
  readonly fragments: readonly Fragment[];
  readonly machines: readonly string[];
}

/** Every cell of a matrix, kernels outermost, in the order given. Pure. */
export const plan = ({
  series,
  kernels,
  arches,
  toolchains,
  configs,
  machines,
}: Matrix): readonly PlannedCell[] =>
  kernels.flatMap((kernel) =>
    arches.flatMap((arch) =>
      toolchains.flatMap((toolchain) =>
        configs.map((config) => {
          const cell: Cell = {
            series: series.name,
            revision: series.revision,
            line: kernel.line,
            kernel: kernel.version,
            arch,
            toolchain: toolchain.name,
            config: config.name,
          };
          return {
            cell,
            key: cellKey(cell),
            kernel,
            series,
            patches: patchesFor(series, kernel.line),
            toolchain,
            fragments: fragments(config, series),
            machines,
          };
        }),
      ),
    ),
  );

const fragments = (config: Config, series: Series): readonly Fragment[] => [
  { name: `linux-tree/configs/${config.name}.config`, text: config.text, required: false },
  { name: `patches/${series.name}/series.yaml`, text: series.config.join('\n'), required: true },
];
