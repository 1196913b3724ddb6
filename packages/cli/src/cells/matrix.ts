// SPDX-License-Identifier: MIT
import { findArch, findToolchain, parseToolchain, type Toolchain } from '@uio-msi/build';
import { findMachine, STANDARD_MACHINES } from '@uio-msi/machine';
import { EnvironmentError, namedSquares, UserError } from '@uio-msi/model';
import { cellPlanner, type PlannedCell, type Square, squaresOf } from '@uio-msi/pipeline';
import { loadPrerequisites, type Series, type Tier } from '@uio-msi/series';
import type { World } from '../world/world.js';
import { openCatalogue } from './choose.js';
import { openConfigs } from './config.js';
import { openSeries } from './series.js';

/** What chooses squares of the matrix. */
export interface MatrixOptions {
  readonly series: string;
  readonly tier: Tier;
  /** Lines or exact versions; absent for all of the tier. */
  readonly kernels?: readonly string[];
  /** Names of squares, as `namedSquares` reads them; absent for all of the tier. */
  readonly cells?: readonly string[];
}

/** A square with the cell that it is on this machine; null when it is left out. */
export interface MatrixSquare extends Square {
  readonly planned: PlannedCell | null;
}

/** The matrix of a series as this machine can run it. */
export interface OpenMatrix {
  readonly series: Series;
  readonly squares: readonly MatrixSquare[];
}

/**
 * Reads the matrix of a series and asks the machine for its compilers, each once. Nothing is
 * installed or run: what has no compiler says so.
 *
 * @throws {UserError} for a series, kernel, square, configuration, architecture or machine that is not there
 */
export const openMatrix = async (
  options: MatrixOptions,
  { root }: Pick<World, 'root'>,
): Promise<OpenMatrix> => {
  const series = await openSeries(root, options.series);
  const { kernels } = await openCatalogue(root);
  const all = squaresOf(series, kernels, options.tier);
  const squares = chosen(all, options);
  return { series, squares: await planSquares(series, await loadPrerequisites(series), squares, root) };
};

/**
 * Plans squares as this machine can run them, each compiler and configuration looked for once.
 *
 * @throws {UserError} for a configuration, architecture or machine that is not there
 */
export const planSquares = async (
  series: Series,
  prerequisites: readonly Series[],
  squares: readonly Square[],
  root: string,
): Promise<readonly MatrixSquare[]> => {
  const planCell = cellPlanner(series, prerequisites);
  const toolchain = once(lookForToolchain, (name, arch) => `${name} ${arch}`);
  const config = once(await openConfigs(root), (name, arch) => `${name} ${arch}`);
  const plan = async (square: Square): Promise<MatrixSquare> => {
    if (square.excluded !== null) return { ...square, planned: null };
    const { kernel, arch, stages, depth, prefix } = square;
    const machines = (square.machines ?? STANDARD_MACHINES).map((name) => findMachine(name).name);
    const found = await toolchain(square.toolchain, arch);
    const place = { kernel, arch, prefix, machines, stages, ...found };
    const to = { config: await config(square.config, arch), ...(depth && { depth }) };
    return { ...square, planned: planCell({ ...place, ...to }) };
  };
  return Promise.all(squares.map(plan));
};

const chosen = (all: readonly Square[], { kernels, tier, ...given }: MatrixOptions): readonly Square[] => {
  const cells = given.cells && new Set(given.cells.flatMap(namedSquares));
  const ids = new Set(all.map(({ id }) => id));
  const versions = new Set(all.flatMap(({ kernel }) => [kernel.line, kernel.version]));
  const unknown =
    kernels?.find((name) => !versions.has(name)) ?? [...(cells ?? [])].find((name) => !ids.has(name));
  if (unknown !== undefined)
    throw new UserError({
      code: 'unknown-cell',
      message: `${unknown} is not in the tier ${tier} of the matrix`,
      next: 'see what is: ./uio-msi matrix --tier weekly',
    });
  return all.filter(
    ({ id, kernel }) =>
      (kernels === undefined || kernels.includes(kernel.line) || kernels.includes(kernel.version)) &&
      (cells === undefined || cells.has(id)),
  );
};

interface Found {
  readonly toolchain: Toolchain;
  readonly missing: string | null;
}

const lookForToolchain = async (name: string, archName: string): Promise<Found> => {
  const arch = findArch(archName);
  try {
    return { toolchain: await findToolchain(name, arch), missing: null };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const { family } = parseToolchain(name);
    const nothing = { name, version: '', command: '', suffix: '', prefix: '', family: family.name };
    return { toolchain: nothing, missing: [error.message, error.next].filter(Boolean).join(': ') };
  }
};

const once = <A extends readonly unknown[], T>(
  work: (...args: A) => Promise<T>,
  keyOf: (...args: A) => string,
): ((...args: A) => Promise<T>) => {
  const known = new Map<string, Promise<T>>();
  return (...args) => {
    const key = keyOf(...args);
    const found = known.get(key) ?? work(...args);
    known.set(key, found);
    return found;
  };
};
