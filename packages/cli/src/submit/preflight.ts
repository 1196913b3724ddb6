// SPDX-License-Identifier: MIT
import { findArch, findToolchain } from '@uio-msi/build';
import { STANDARD_MACHINES } from '@uio-msi/machine';
import { type CellResult, cellKey, EnvironmentError, EXIT, isGood, type StageResult } from '@uio-msi/model';
import { type Ask, openKnown, plan, type Square, squaresOf } from '@uio-msi/pipeline';
import { loadPrerequisites, type Series } from '@uio-msi/series';
import { describeRecord, preflight, type Waiver } from '@uio-msi/submit';
import { suiteBundle } from '../cells/check.js';
import { openCatalogue } from '../cells/choose.js';
import { openConfig } from '../cells/config.js';
import type { Outcome } from '../command/spec.js';
import { PREFIX_CONFIGS, PREFIX_MACHINES, PREFIX_STAGES } from '../commands/bisectable.js';
import { defaultStateDir } from '../world/root.js';
import type { World } from '../world/world.js';
import { findBase } from './place.js';
import { openRevision, type RevisionOptions } from './revision.js';

/** Judges a series as it would be posted now, by every rule, and says what keeps it back. */
export const runPreflight = async (
  options: RevisionOptions & { readonly waivers: readonly Waiver[] },
  world: World,
): Promise<Outcome> => {
  const { revision } = await openRevision(options, world, { toNobody: true });
  const { kernel, place } = await findBase(revision.series, world);
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
    kernel,
    place,
    waivers: options.waivers,
    now: new Date(),
    prefixes: () => prefixCells(series, ask, world),
    matrix: () => matrixCells(series, ask, world),
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

// The squares of a night: what is tried less often is no reason to wait.
const matrixCells = async (tried: Tried, ask: Ask, { root }: World): Promise<readonly CellResult[]> => {
  const { kernels } = await openCatalogue(root);
  const results: CellResult[] = [];
  const squares = squaresOf(tried.series.matrix, kernels, 'nightly').filter(
    ({ excluded }) => excluded === null,
  );
  for (const square of squares) {
    const { kernel, arch, config, machines, stages } = square;
    const toolchain = await findToolchain(square.toolchain, findArch(arch)).catch(missing);
    if (toolchain === null) {
      results.push(withoutToolchain(tried.series, square));
      continue;
    }
    const cells = plan({
      ...tried,
      kernels: [kernel],
      arches: [arch],
      toolchains: [toolchain],
      configs: [await openConfig(root, config)],
      machines: machines ?? STANDARD_MACHINES,
    });
    results.push(...(await ask(cells, stages)));
  }
  return results;
};

const missing = (error: unknown): null => {
  if (error instanceof EnvironmentError) return null;
  throw error;
};

const withoutToolchain = (series: Series, { kernel, arch, toolchain, config }: Square): CellResult => {
  const { name, revision } = series;
  const { line, version } = kernel;
  const cell = { series: name, revision, line, kernel: version, arch, toolchain, config };
  const stage: StageResult = {
    stage: 'build',
    verdict: 'MISS',
    reason: `${toolchain} for ${arch} is not installed`,
    seconds: 0,
    cached: false,
    reproduce: './uio-msi doctor',
    log: null,
    findings: [],
    outputs: {},
  };
  return { ...cell, key: cellKey(cell), verdict: 'MISS', stages: [stage] };
};
