// SPDX-License-Identifier: MIT
import { findToolchain } from '@uio-msi/build';
import type { Kernel } from '@uio-msi/kernels';
import { type CellResult, EXIT, isGood, prefixesTogether } from '@uio-msi/model';
import { type Ask, openKnown, plan, squaresOf } from '@uio-msi/pipeline';
import type { Series } from '@uio-msi/series';
import {
  describeRecord,
  type LeftOut,
  type MatrixCell,
  preflight,
  tierToPost,
  type Waiver,
} from '@uio-msi/submit';
import { suiteBundle } from '../cells/check.js';
import { openConfig } from '../cells/config.js';
import { planSquares } from '../cells/matrix.js';
import type { Outcome } from '../command/spec.js';
import { PREFIX_CONFIGS, PREFIX_MACHINES, PREFIX_STAGES } from '../commands/bisectable.js';
import { defaultStateDir } from '../world/root.js';
import type { World } from '../world/world.js';
import { openRevision, type RevisionOptions } from './revision.js';
import { triedOn } from './tried.js';

/** Judges a series as it would be posted now, by every rule, and says what keeps it back. */
export const runPreflight = async (
  options: RevisionOptions & { readonly waivers: readonly Waiver[] },
  world: World,
): Promise<Outcome> => {
  const { revision, base } = await openRevision(options, world, { toNobody: true });
  const state = await world.openState();
  const tried: TriedCells = {
    series: revision.series,
    prerequisites: base.prerequisites,
    kernels: base.kernels,
    root: world.root,
  };
  const ask = await openKnown({
    state,
    globals: world.stateDir === defaultStateDir(world.root) ? [] : ['--state', world.stateDir],
    suiteBundle: () => suiteBundle(world.root),
    progress: world.progress,
    signal: world.signal,
  });
  const record = await preflight(revision, {
    state,
    ...base,
    tried: triedOn(revision.series, base),
    waivers: options.waivers,
    now: new Date(),
    prefixes: () => prefixCells(tried, ask),
    matrix: () => matrixCells(tried, ask),
    leftOut: async () => leftOutCells(tried),
  });
  return {
    exitCode: isGood(record.verdict) ? EXIT.good : EXIT.failures,
    text: describeRecord(record),
    json: record,
  };
};

/** What is to be green. */
export interface TriedCells {
  readonly series: Series;
  readonly prerequisites: readonly Series[];
  /** Those of the catalogue. */
  readonly kernels: readonly Kernel[];
  /** The checkout. */
  readonly root: string;
}

// The cells of `bisectable` on the base.
const prefixCells = async (
  { root, kernels, ...tried }: TriedCells,
  ask: Ask,
): Promise<readonly CellResult[]> => {
  const cells = plan({
    ...tried,
    kernels: kernels.filter(({ line }) => line === tried.series.base).slice(0, 1),
    arches: ['x86_64'],
    toolchains: [await findToolchain(null)],
    configs: await Promise.all(PREFIX_CONFIGS.map((name) => openConfig(root, name))),
    machines: PREFIX_MACHINES,
    prefixes: 'each',
  });
  return ask(cells, PREFIX_STAGES);
};

/** What is known of the squares that the series wants green, as a night of their tier plans them. */
export const matrixCells = async (
  { series, prerequisites, kernels, root }: TriedCells,
  ask: Ask,
): Promise<readonly MatrixCell[]> => {
  const wanted = squaresOf(series, kernels, tierToPost(series));
  const squares = (await planSquares(series, prerequisites, wanted, root)).flatMap(({ id, planned }) =>
    planned ? [{ id, planned }] : [],
  );
  const results = await ask(
    squares.map(({ planned }) => planned),
    null,
  );
  return results.map((result, at) => ({ ...result, square: squares[at]?.id ?? result.key }));
};

/** The squares of the matrix that nobody asks for, and why. Pure. */
export const leftOutCells = ({ series, kernels }: Pick<TriedCells, 'series' | 'kernels'>): LeftOut[] => {
  const squares = squaresOf(series, kernels, tierToPost(series));
  const asked = new Map(squares.map((square) => [square.id, square]));
  const all = prefixesTogether(squaresOf(series, kernels, 'weekly'), ({ id }) => id);
  return all.flatMap(({ name: cell, items: [{ id, tier, depth, excluded }] }) => {
    if (excluded !== null) return [{ cell, why: excluded }];
    if (!asked.has(id)) return [{ cell, why: `is tried ${tier}` }];
    return asked.get(id)?.depth === depth ? [] : [{ cell, why: `to the depth ${depth} is tried weekly` }];
  });
};
