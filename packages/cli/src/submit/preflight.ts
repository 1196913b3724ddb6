// SPDX-License-Identifier: MIT
import { findToolchain } from '@uio-msi/build';
import { type CellResult, EXIT, isGood } from '@uio-msi/model';
import { type Ask, openKnown, plan, squaresOf } from '@uio-msi/pipeline';
import { loadPrerequisites, type Series } from '@uio-msi/series';
import { describeRecord, preflight, type Waiver } from '@uio-msi/submit';
import { suiteBundle } from '../cells/check.js';
import { openCatalogue } from '../cells/choose.js';
import { openConfig } from '../cells/config.js';
import { planSquares } from '../cells/matrix.js';
import type { Outcome } from '../command/spec.js';
import { PREFIX_CONFIGS, PREFIX_MACHINES, PREFIX_STAGES } from '../commands/bisectable.js';
import { defaultStateDir } from '../world/root.js';
import type { World } from '../world/world.js';
import { findBase } from './place.js';
import { openRevision, type RevisionOptions } from './revision.js';
import { triedOn } from './tried.js';

/** Judges a series as it would be posted now, by every rule, and says what keeps it back. */
export const runPreflight = async (
  options: RevisionOptions & { readonly waivers: readonly Waiver[] },
  world: World,
): Promise<Outcome> => {
  const { revision } = await openRevision(options, world, { toNobody: true });
  const base = await findBase(revision.series, world);
  const state = await world.openState();
  const series = { series: revision.series, prerequisites: await loadPrerequisites(revision.series) };
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
    tried: await triedOn(revision.series, base),
    waivers: options.waivers,
    now: new Date(),
    prefixes: () => prefixCells(series, ask, world),
    matrix: () => matrixCells(series, ask, world),
    leftOut: () => leftOutCells(revision.series, world),
  });
  return {
    exitCode: isGood(record.verdict) ? EXIT.good : EXIT.failures,
    text: describeRecord(record),
    json: record,
  };
};

interface Tried {
  readonly series: Series;
  readonly prerequisites: readonly Series[];
}

// The cells of `bisectable` on the base.
const prefixCells = async (tried: Tried, ask: Ask, { root }: World): Promise<readonly CellResult[]> => {
  const { kernels } = await openCatalogue(root);
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

/** What is known of the squares of a night, as a night plans them: what is tried less often is no reason to wait. */
export const matrixCells = async (
  { series, prerequisites }: Tried,
  ask: Ask,
  { root }: Pick<World, 'root'>,
): Promise<readonly CellResult[]> => {
  const { kernels } = await openCatalogue(root);
  const all = squaresOf(series.matrix, kernels, 'nightly');
  const squares = await planSquares(series, prerequisites, all, root);
  return ask(
    squares.flatMap(({ planned }) => planned ?? []),
    null,
  );
};

/** The squares of the matrix that a night leaves out, and why; pure but for the catalogue. */
const leftOutCells = async ({ matrix }: Series, { root }: World) => {
  const { kernels } = await openCatalogue(root);
  const nightly = new Map(squaresOf(matrix, kernels, 'nightly').map((square) => [square.id, square]));
  return squaresOf(matrix, kernels, 'weekly').flatMap(({ id, tier, depth, excluded }) => {
    const tried = nightly.get(id);
    if (excluded !== null) return [{ cell: id, why: excluded }];
    if (!tried) return [{ cell: id, why: `is tried ${tier}` }];
    return tried.depth === depth ? [] : [{ cell: id, why: `to the depth ${depth} is tried weekly` }];
  });
};
