// SPDX-License-Identifier: MIT
import type { State } from '@uio-msi/host';
import {
  type Cell,
  type CellResult,
  type Comparison,
  compareRuns,
  isJudged,
  type RunResult,
  type RunSummary,
  summarize,
} from '@uio-msi/model';
import { listRuns, readComparison, readRun, readSummary } from '../run/store.js';

type Comparable = Pick<RunSummary, 'series' | 'tier' | 'cells'>;

/**
 * Whether two runs tried the same: a tier of one series, whatever is in it by now; where somebody
 * chose the cells, the same ones, of whatever kernels. Pure.
 */
export const areComparable = (a: Comparable, b: Comparable): boolean =>
  a.series === b.series && a.tier === b.tier && (a.tier !== null || squares(a) === squares(b));

const squares = ({ cells }: Comparable): string => {
  const sorted = (names: readonly string[]) => [...new Set(names)].sort();
  return JSON.stringify([
    sorted(cells.map(({ arch, toolchain, config, prefix }) => [arch, toolchain, config, prefix].join(' '))),
    sorted(cells.flatMap(({ stages }) => stages.map(([stage]) => stage))),
  ]);
};

/** The summaries of all runs before one that tried the same, newest first. */
export const earlierRuns = async (
  state: State,
  run: RunResult,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly RunSummary[]> => {
  const names = await listRuns(state);
  const found: RunSummary[] = [];
  for (const name of names.slice(names.indexOf(run.run) + 1)) {
    if (found.length >= most) break;
    const summary = await readSummary(state, name);
    if (summary && areComparable(summary, summarize(run, 0, null))) found.push(summary);
  }
  return found;
};

// How far back a verdict is looked for: a machine that was out of order for longer starts anew.
const NIGHTS = 10;

/**
 * What a run is compared with: the last one that tried the same; of what the machine spoiled or
 * the clock cut off there, what was known before that.
 */
export const baselineOf = async (
  state: State,
  run: RunResult,
): Promise<{ readonly before: string | null; readonly cells: readonly CellResult[] } | null> => {
  const [last, ...older] = await earlierRuns(state, run, NIGHTS);
  if (!last) return null;
  let cells = (await readRun(state, last.run)).cells;
  for (const { run: name, cells: summaries } of older) {
    const lacking = lackingIn(cells, run.cells);
    if (lacking.size === 0) break;
    const helps = summaries.some((cell) =>
      cell.stages.some(([stage, verdict]) => isJudged(verdict) && lacking.has(place(cell, stage))),
    );
    if (helps) cells = completed(cells, (await readRun(state, name)).cells, lacking);
  }
  return { before: last.run, cells };
};

const place = ({ line, arch, toolchain, config, prefix }: Cell, stage: string | null): string =>
  JSON.stringify([line, arch, toolchain, config, prefix, stage]);

/** The stages that are judged now and were not then. */
const lackingIn = (then: readonly CellResult[], now: readonly CellResult[]): ReadonlySet<string> => {
  const judged = (cells: readonly CellResult[]) =>
    cells.flatMap((cell) =>
      cell.stages.flatMap(({ stage, verdict }) => (isJudged(verdict) ? [place(cell, stage)] : [])),
    );
  const known = new Set(judged(then));
  return new Set(judged(now).filter((one) => !known.has(one)));
};

const completed = (
  cells: readonly CellResult[],
  older: readonly CellResult[],
  lacking: ReadonlySet<string>,
): readonly CellResult[] => {
  const byPlace = new Map(older.map((cell) => [place(cell, null), cell]));
  const there = new Set(cells.map((cell) => place(cell, null)));
  const filled = cells.map((cell) => {
    const other = byPlace.get(place(cell, null));
    if (!other) return cell;
    const better = other.stages.filter(
      ({ stage, verdict }) => isJudged(verdict) && lacking.has(place(cell, stage)),
    );
    const kept = cell.stages.filter(({ stage }) => !better.some((one) => one.stage === stage));
    return { ...cell, stages: [...kept, ...better] };
  });
  const added = older.filter(
    (cell) =>
      !there.has(place(cell, null)) && cell.stages.some(({ stage }) => lacking.has(place(cell, stage))),
  );
  return [...filled, ...added];
};

/** How a run differs from the last that tried the same: as it was told then, or as it can be told now. */
export const comparisonOf = async (state: State, run: RunResult): Promise<Comparison> => {
  const told = await readComparison(state, run.run);
  if (told) return told;
  const baseline = await baselineOf(state, run);
  return { before: baseline?.before ?? null, after: run.run, changes: compareRuns(baseline, run) };
};
