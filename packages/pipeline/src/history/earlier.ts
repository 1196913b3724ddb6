// SPDX-License-Identifier: MIT
import type { State } from '@uio-msi/host';
import {
  type Cell,
  type CellSummary,
  type Change,
  type Comparison,
  compareRuns,
  pairCells,
  type RunResult,
  type RunSummary,
  summarize,
  UserError,
} from '@uio-msi/model';
import { DEFAULT_DEPTH } from '../plan/depth.js';
import { listRuns, readComparison, readRun, readSummary } from '../run/store.js';
import { type Baseline, baselineFrom } from './baseline.js';

type Comparable = Pick<RunSummary, 'series' | 'tier' | 'chosen' | 'cells'>;

/**
 * Whether a run can be compared with an earlier one: with a whole tier of its series, whatever was
 * in it then; cells of a tier that somebody chose, also with a choice that has some of them; where
 * there is no tier, with the same cells, of whatever kernels. Pure.
 */
export const areComparable = (earlier: Comparable, run: Comparable): boolean => {
  if (earlier.series !== run.series || earlier.tier !== run.tier) return false;
  if (run.tier === null) return squares(earlier) === squares(run);
  return !earlier.chosen || (run.chosen === true && shareOf(earlier, run) > 0);
};

/** How much of a run an earlier one has: 1 for all of its cells. */
const shareOf = (
  earlier: { readonly cells: readonly Cell[] },
  { cells }: { readonly cells: readonly Cell[] },
): number =>
  pairCells(earlier.cells, cells).filter(({ before, after }) => before && after).length /
  Math.max(1, cells.length);

const squares = ({ cells }: Comparable): string => {
  const sorted = (names: readonly string[]) => [...new Set(names)].sort();
  const square = ({ arch, toolchain, config, prefix, depth = DEFAULT_DEPTH }: CellSummary) =>
    [arch, toolchain, config, prefix, depth].join(' ');
  return JSON.stringify([
    sorted(cells.map(square)),
    sorted(cells.flatMap(({ stages }) => stages.map(([stage]) => stage))),
  ]);
};

/** The summaries of all runs before one that it can be compared with, newest first. */
export const earlierRuns = async (
  state: State,
  run: RunResult,
  most = Number.POSITIVE_INFINITY,
  wanted: Wanted = () => true,
): Promise<readonly RunSummary[]> => {
  const found: RunSummary[] = [];
  for await (const summary of runsBefore(state, run, wanted)) {
    found.push(summary);
    if (found.length >= most) break;
  }
  return found;
};

type Wanted = (summary: RunSummary) => boolean;

async function* runsBefore(state: State, run: RunResult, wanted: Wanted): AsyncGenerator<RunSummary> {
  const names = await listRuns(state);
  const own = summarize(run, 0, null);
  for (const name of names.slice(names.indexOf(run.run) + 1)) {
    const summary = await readSummary(state, name);
    if (summary && wanted(summary) && areComparable(summary, own)) yield summary;
  }
}

// How far back a verdict is looked for: a machine that was out of order for longer starts anew.
const NIGHTS = 10;

// What a night that was killed before its end had found, nobody knows.
const wasTold = ({ tier, changes }: RunSummary): boolean => tier === null || changes !== null;

/**
 * What a run is compared with: the last one like it that was told; of what the machine spoiled,
 * the clock cut off or was not looked at there, what was known before that.
 */
export const baselineOf = async (state: State, run: RunResult): Promise<Baseline | null> =>
  baselineFrom(nightsBefore(state, run), run, (name) => readRun(state, name).catch(noneWhenDamaged));

// What has some of the cells is no whole night: a few that were run again push none out.
async function* nightsBefore(state: State, run: RunResult): AsyncGenerator<RunSummary> {
  let nights = 0;
  for await (const summary of runsBefore(state, run, wasTold)) {
    yield summary;
    nights += run.chosen ? shareOf(summary, run) : 1;
    if (nights >= NIGHTS) return;
  }
}

/** For a run that cannot be read: cut off by a disk that was full, or gone meanwhile. @throws what is another error */
export const noneWhenDamaged = (error: unknown): null => {
  if (error instanceof UserError) return null;
  throw error;
};

/** How a run differs from the last that tried the same: as it was told then, or as it can be told now. */
export const comparisonOf = async (state: State, run: RunResult): Promise<Comparison> => {
  const told = await readComparison(state, run.run);
  if (told) return told;
  const known = async () => {
    const earlier = await earlierRuns(state, run, FLAKY_NIGHTS, wasTold);
    return earlier.flatMap(({ flakes = [] }) => flakes);
  };
  return comparisonFrom(await baselineOf(state, run), run, known);
};

/**
 * How a run differs from nights that somebody gave, as `comparisonOf` says it of those of a state
 * folder. They count whatever tier they are of: what only one of them has appeared or disappeared.
 *
 * @param nights in any order
 */
export const comparisonWith = async (nights: readonly RunResult[], run: RunResult): Promise<Comparison> => {
  const newest = newestFirst(nights);
  const baseline = await baselineFrom(
    newest.map((night) => summarize(night, 0, null)),
    run,
    async (name) => nights.find((night) => night.run === name) ?? null,
  );
  return comparisonFrom(baseline, run, async () => newest.flatMap(flakeNames));
};

/** Nights in the order of a state folder, by when they began. Pure. */
const newestFirst = (nights: readonly RunResult[]): readonly RunResult[] =>
  [...nights].sort((a, b) => Date.parse(b.started) - Date.parse(a.started));

const flakeNames = (night: RunResult): readonly string[] => summarize(night, 0, null).flakes ?? [];

// How far back a flake is known: chance does not come every night.
const FLAKY_NIGHTS = 30;

const comparisonFrom = async (
  baseline: Baseline | null,
  run: RunResult,
  knownFlakes: () => Promise<readonly string[]>,
): Promise<Comparison> => {
  const changes = compareRuns(baseline, run);
  const known = new Set(changes.some(isFlaky) ? await knownFlakes() : []);
  return {
    before: baseline?.before ?? null,
    after: run.run,
    changes: changes.filter((change) => !isFlaky(change) || !known.has(change.fingerprint)),
  };
};

const isFlaky = ({ kind }: Change): boolean => kind === 'flaky';
