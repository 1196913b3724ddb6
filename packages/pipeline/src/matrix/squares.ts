// SPDX-License-Identifier: MIT
import type { Kernel } from '@uio-msi/kernels';
import { STANDARD_MACHINES } from '@uio-msi/machine';
import { DEPTHS, type Depth, STAGES, type StageName, squareName, UserError } from '@uio-msi/model';
import {
  isAbout,
  type MatrixBlock,
  type MatrixData,
  type MatrixExclusion,
  TIERS,
  type Tier,
} from '@uio-msi/series';
import { DEFAULT_DEPTH } from '../plan/depth.js';

/** One square of a matrix as its data names it, before anybody has looked whether the machine can do it. */
export interface Square {
  /** As `squareName` gives it: `7.2.6/x86_64/gcc/minimal`. */
  readonly id: string;
  readonly kernel: Kernel;
  readonly arch: string;
  /** `gcc`, `clang-19`. */
  readonly toolchain: string;
  readonly config: string;
  /** How many patches of the series, from the first; absent for all of them. */
  readonly prefix?: number | undefined;
  /** The most frequent of the tiers that it is in. */
  readonly tier: Tier;
  /** How far it goes; null to the end. */
  readonly stages: readonly StageName[] | null;
  /** What it boots in; null for what is usual. */
  readonly machines: readonly string[] | null;
  /** How much the suite does; null for what is usual. */
  readonly depth: Depth | null;
  /** Why it is left out; null when it is not. */
  readonly excluded: string | null;
}

/** What a series says of its matrix, and its patches for the prefixes. */
interface Tried {
  readonly matrix: MatrixData;
  readonly patches: readonly unknown[];
}

/** What a block says when it says nothing. */
const USUAL = { arches: ['x86_64'], toolchains: ['gcc'], configs: ['minimal'] } as const;

/**
 * The squares of a tier, those of more frequent tiers among them, each once: kernels as given, then
 * in the order of the data. What several blocks have goes as far as any of them asks. Pure.
 *
 * @param kernels of the catalogue, newest first; a line stands for its newest one
 * @throws {UserError} `unknown-kernel` for a line that the catalogue lacks
 */
export const squaresOf = (series: Tried, kernels: readonly Kernel[], tier: Tier): readonly Square[] => {
  const { matrix } = series;
  const found = new Map<string, Square>();
  const newest = matrix.kernels.map(
    (line) => kernels.find((kernel) => kernel.line === line) ?? lacking(line),
  );
  for (const name of TIERS.slice(0, TIERS.indexOf(tier) + 1))
    for (const block of matrix.tiers[name])
      for (const square of squaresOfBlock(block, name, newest, series)) {
        const earlier = found.get(square.id);
        found.set(square.id, earlier ? both(earlier, square) : square);
      }
  const place = ({ kernel }: Square) => newest.indexOf(kernel);
  return [...found.values()].sort((a, b) => place(a) - place(b));
};

// Its squares would be left out without a word.
const lacking = (line: string): never => {
  throw new UserError({
    code: 'unknown-kernel',
    message: `the matrix has the line ${line}, of which linux-tree/kernels.yaml has no kernel`,
    next: `add one: ./uio-msi kernels add ${line}; or take ${line} out of matrix.kernels in series.yaml`,
  });
};

const squaresOfBlock = (
  block: MatrixBlock,
  tier: Tier,
  newest: readonly Kernel[],
  { matrix: { exclude }, patches }: Tried,
): readonly Square[] => {
  const { kernels, arches = USUAL.arches, toolchains = USUAL.toolchains, configs = USUAL.configs } = block;
  const prefixes = block.prefixes === 'each' ? patches.map((_, at) => at + 1) : [undefined];
  return newest
    .filter(({ line }) => kernels?.includes(line) ?? true)
    .flatMap((kernel) =>
      arches.flatMap((arch) =>
        toolchains.flatMap((toolchain) =>
          configs.flatMap((config) => {
            const at = { kernel, arch, toolchain, config };
            const excluded = exclude.find((rule) => fits(rule, at))?.why ?? null;
            return prefixes.map(
              (prefix): Square => ({
                id: squareName({ ...at, kernel: kernel.version, prefix }),
                ...at,
                ...(prefix !== undefined && { prefix }),
                tier,
                stages: block.stages ?? null,
                machines: block.machines ?? null,
                depth: block.depth ?? null,
                excluded,
              }),
            );
          }),
        ),
      ),
    );
};

const both = (a: Square, b: Square): Square => ({
  ...a,
  stages:
    a.stages && b.stages && STAGES.filter((name) => a.stages?.includes(name) || b.stages?.includes(name)),
  machines: a.machines === b.machines ? a.machines : allOf(a.machines, b.machines),
  depth: a.depth === b.depth ? a.depth : deeper(a.depth ?? DEFAULT_DEPTH, b.depth ?? DEFAULT_DEPTH),
});

const allOf = (a: Square['machines'], b: Square['machines']): readonly string[] => [
  ...new Set([...(a ?? STANDARD_MACHINES), ...(b ?? STANDARD_MACHINES)]),
];

const deeper = (a: Depth, b: Depth): Depth => (DEPTHS.indexOf(a) > DEPTHS.indexOf(b) ? a : b);

type At = Pick<Square, 'kernel' | 'arch' | 'toolchain' | 'config'>;

const fits = (rule: MatrixExclusion, { kernel: { line }, arch, toolchain, config }: At): boolean =>
  isAbout(rule, line) &&
  (rule.arches?.includes(arch) ?? true) &&
  (rule.toolchains?.includes(toolchain) ?? true) &&
  (rule.configs?.includes(config) ?? true);
