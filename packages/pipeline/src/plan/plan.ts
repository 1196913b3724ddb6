// SPDX-License-Identifier: MIT
import type { Fragment, Toolchain } from '@uio-msi/build';
import { contentKey, Written } from '@uio-msi/host';
import type { Kernel } from '@uio-msi/kernels';
import { type Cell, cellKey, type Depth, type StageName } from '@uio-msi/model';
import { type Patch, patchesFor, type Series, type StaleVariant, staleVariants } from '@uio-msi/series';
import { type Demands, demandsOf } from '../guest/demands.js';
import { DEFAULT_DEPTH } from './depth.js';
import { fragmentFor } from './fragment-for.js';
import { type Prefix, prefixOf } from './prefix.js';
import { type Touches, touchesOf } from './touches.js';
import { type PlannedWaiver, waiversFor } from './waivers.js';

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
  /** The time at which waivers hold or have expired; default: now. */
  readonly now?: Date;
}

/** A cell with what its stages work on. */
export interface PlannedCell {
  readonly cell: Cell;
  readonly key: string;
  /** Name of its worktree and build folder, which it shares with the cells of other prefixes. */
  readonly folder: string;
  readonly kernel: Kernel;
  readonly series: Series;
  /** The series that it needs, in the order in which they are applied. */
  readonly under: readonly Series[];
  /** The patches of other series that are laid under it, for the kernel's line: what it is compared with has them. */
  readonly prerequisites: readonly Patch[];
  /** The patches for the kernel's line, variants resolved, up to the end of the prefix. */
  readonly patches: readonly Patch[];
  /** File and content key of each of them, for keys. */
  readonly patchKeys: Written;
  /** Those of them, and of the prerequisites, that are behind the patch that they replace. */
  readonly stale: readonly StaleVariant[];
  /** The modules that they give, as paths in a build folder. */
  readonly modules: readonly string[];
  /** The selftests among them, as folders below tools/testing/selftests. */
  readonly selftests: readonly string[];
  readonly toolchain: Toolchain;
  /** The configuration's options, then the series' own. */
  readonly fragments: readonly Fragment[];
  readonly machines: readonly string[];
  /** What its guests ask for, by its configuration. */
  readonly demands: Demands;
  /** How much the suite does in them. */
  readonly depth: Depth;
  /** The stages that it goes through, and those they need; null for all. */
  readonly stages: readonly StageName[] | null;
  /** Paths that the whole series changes and adds on its line, whatever prefix of it a cell has. */
  readonly touches: Touches;
  /** What of its findings somebody decided to live with, on its line. */
  readonly waivers: readonly PlannedWaiver[];
  /** Why it cannot be built on this machine, and what to do about it; null when it can. */
  readonly missing: string | null;
}

/** Every cell of a matrix, kernels outermost and prefixes innermost, in the order given. Pure. */
export const plan = (matrix: Matrix): readonly PlannedCell[] => {
  const { machines, depth } = matrix;
  const planCell = cellPlanner(matrix.series, matrix.prerequisites, matrix.now);
  return matrix.kernels.flatMap((kernel) =>
    matrix.arches.flatMap((arch) =>
      matrix.toolchains.flatMap((toolchain) =>
        matrix.configs.flatMap((config) =>
          prefixesOf(matrix).map((prefix) =>
            planCell({ kernel, arch, toolchain, config, prefix, machines, depth }),
          ),
        ),
      ),
    ),
  );
};

/** Where a cell is in a matrix, and how far it goes. */
export interface Place {
  readonly kernel: Kernel;
  readonly arch: string;
  readonly toolchain: Toolchain;
  readonly config: Config;
  readonly machines: readonly string[];
  /** Default: `standard`. */
  readonly depth?: Depth | undefined;
  readonly prefix?: number | undefined;
  /** Default: all. */
  readonly stages?: readonly StageName[] | null;
  /** Default: nothing is. */
  readonly missing?: string | null;
}

const prefixesOf = ({ series, prefixes }: Matrix): readonly (number | undefined)[] =>
  prefixes === 'each' ? series.patches.map((_, at) => at + 1) : [prefixes];

/**
 * Plans cells of a series one by one; what depends on the kernel's line alone is found out once. Pure.
 *
 * @param now the time at which waivers hold or have expired
 */
export const cellPlanner = (
  series: Series,
  prerequisites: readonly Series[] = [],
  now = new Date(),
): ((place: Place) => PlannedCell) => {
  const known = new Map<string, Asked>();
  return (place) => {
    const key = `${place.kernel.line} ${place.prefix}`;
    const asked = known.get(key) ?? askedOf(series, prerequisites, place, now);
    known.set(key, asked);
    return planCell(series, asked, place);
  };
};

interface Asked extends Prefix {
  /** The text of a configuration's fragment as it is for the line. */
  readonly fragmentText: (text: string) => string;
  readonly patchKeys: PlannedCell['patchKeys'];
  readonly stale: PlannedCell['stale'];
  /** Whether patches of the series are left out: what they would do about a dependency is not there. */
  readonly partial: boolean;
  readonly under: PlannedCell['under'];
  readonly prerequisites: PlannedCell['prerequisites'];
  readonly touches: Touches;
  readonly waivers: PlannedCell['waivers'];
}

const askedOf = (series: Series, under: readonly Series[], { kernel, prefix }: Place, now: Date): Asked => {
  const patches = patchesFor(series, kernel.line);
  const asked = prefixOf({ ...series, patches }, prefix ?? patches.length);
  return {
    ...asked,
    fragmentText: onceForEach((text) => fragmentFor(text, kernel.line)),
    patchKeys: new Written(asked.patches.map(({ file, text }) => [file, contentKey(text)])),
    stale: [
      ...under.flatMap((one) => staleVariants(one, patchesFor(one, kernel.line))),
      ...staleVariants(series, asked.patches),
    ],
    partial: asked.patches.length < patches.length,
    under,
    prerequisites: under.flatMap((one) => patchesFor(one, kernel.line)),
    touches: touchesOf(patches),
    waivers: waiversFor(series, kernel.line, now),
  };
};

const onceForEach = (work: (text: string) => string): ((text: string) => string) => {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text) ?? work(text);
    known.set(text, found);
    return found;
  };
};

const planCell = (series: Series, asked: Asked, place: Place): PlannedCell => {
  const { kernel, arch, toolchain, config, prefix, machines } = place;
  const { depth = DEFAULT_DEPTH, stages = null, missing = null } = place;
  const excusable = asked.partial && { excusable: true };
  const whole: Cell = {
    series: series.name,
    revision: series.revision,
    line: kernel.line,
    kernel: kernel.version,
    arch,
    toolchain: toolchain.name,
    config: config.name,
  };
  const fragments: readonly Fragment[] = [
    // What it is named for comes last; what that one turns off may take options of the others along.
    ...config.fragments.map((fragment, at) => ({
      ...fragment,
      text: asked.fragmentText(fragment.text),
      required: at === config.fragments.length - 1,
      ...excusable,
    })),
    {
      name: `patches/${series.name}/series.yaml`,
      text: asked.config.join('\n'),
      required: true,
      ...excusable,
    },
  ];
  const cell = prefix === undefined ? whole : { ...whole, prefix };
  return {
    cell,
    key: cellKey(cell),
    folder: cellKey(whole),
    kernel,
    series,
    under: asked.under,
    prerequisites: asked.prerequisites,
    patches: asked.patches,
    patchKeys: asked.patchKeys,
    stale: asked.stale,
    modules: asked.modules,
    selftests: asked.selftests,
    toolchain,
    fragments,
    machines,
    demands: demandsOf(fragments, arch),
    depth,
    stages,
    touches: asked.touches,
    waivers: asked.waivers,
    missing,
  };
};
