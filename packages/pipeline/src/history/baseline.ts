// SPDX-License-Identifier: MIT
import {
  type CellResult,
  type CellSummary,
  isJudged,
  isLacking,
  knownOf,
  pairCells,
  type RunResult,
  type RunSummary,
  type StageName,
  type StageResult,
} from '@uio-msi/model';

/** What a run is compared with. */
export interface Baseline {
  readonly before: string;
  readonly cells: readonly CellResult[];
}

/** A night that may be read. */
export type Night = Pick<RunSummary, 'run' | 'cells'>;

/**
 * The baseline that nights give: the last of them, and of what the machine spoiled, the clock cut
 * off, or was not looked at there, what was known before that. A night that is not needed is not read.
 *
 * @param nights newest first
 * @param read null for one that cannot be read
 */
export const baselineFrom = async (
  nights: AsyncIterable<Night> | Iterable<Night>,
  run: RunResult,
  read: (run: string) => Promise<RunResult | null>,
): Promise<Baseline | null> => {
  let baseline = null as Baseline | null;
  let lacking: Lacking = new Map();
  const older: Paired[] = [];
  for await (const night of nights) {
    if (baseline && !hasSomeOf(lackingIn(older, run, lacking), night.cells, run.cells)) continue;
    const earlier = await read(night.run);
    if (earlier === null) continue;
    older.push(pairedWith(earlier.cells, run.cells, baseline && lacking));
    if (baseline) continue;
    baseline = { before: night.run, cells: run.chosen ? onlyOf(run, earlier) : earlier.cells };
    lacking = lackingIn(older, run, null);
  }
  return baseline && { ...baseline, cells: completed(baseline.cells, older, run.cells, lacking) };
};

const onlyOf = ({ cells }: RunResult, earlier: RunResult): readonly CellResult[] =>
  pairCells(earlier.cells, cells).flatMap(({ before, after }) => (before && after ? [before] : []));

/** The stages of cells of a run of which something is not known. */
type Lacking = ReadonlyMap<CellResult, ReadonlySet<StageName>>;

/** The cells of a night by those of the run that is compared. */
type Paired = ReadonlyMap<CellResult, CellResult>;

/** @param wanted null for all */
const pairedWith = (
  then: readonly CellResult[],
  now: readonly CellResult[],
  wanted: Lacking | null,
): Paired =>
  new Map(
    pairCells(then, now).flatMap(({ before, after }) =>
      before && after && (wanted === null || wanted.has(after)) ? [[after, before] as const] : [],
    ),
  );

/** What was judged of a stage of a cell, newest first. */
const judgedIn = (nights: readonly Paired[], cell: CellResult, stage: StageName): readonly StageResult[] =>
  nights.flatMap((night) =>
    (night.get(cell)?.stages ?? []).filter((one) => one.stage === stage && isJudged(one.verdict)),
  );

/** @param among null for all */
const lackingIn = (nights: readonly Paired[], { cells }: RunResult, among: Lacking | null): Lacking =>
  new Map(
    cells.flatMap((cell) => {
      if (among && !among.has(cell)) return [];
      const stages = cell.stages
        .filter(({ stage, verdict }) => verdict !== 'SKIP' && (among?.get(cell)?.has(stage) ?? true))
        .filter((now) => isLacking(judgedIn(nights, cell, now.stage), now));
      return stages.length > 0 ? [[cell, new Set(stages.map(({ stage }) => stage))] as const] : [];
    }),
  );

const hasSomeOf = (lacking: Lacking, then: readonly CellSummary[], now: readonly CellResult[]): boolean =>
  lacking.size > 0 &&
  pairCells(then, now).some(
    ({ before, after }) =>
      after && before?.stages.some(([stage, verdict]) => isJudged(verdict) && lacking.get(after)?.has(stage)),
  );

/** The cells of the last night, with what is known of that which is lacking in them. */
const completed = (
  last: readonly CellResult[],
  nights: readonly Paired[],
  now: readonly CellResult[],
  lacking: Lacking,
): readonly CellResult[] =>
  pairCells(last, now).flatMap(({ before, after }) => {
    const known = [...((after && lacking.get(after)) ?? [])].flatMap((stage) => {
      const [newest, ...older] = after ? judgedIn(nights, after, stage) : [];
      return newest ? [knownOf([newest, ...older])] : [];
    });
    const cell = before ?? nights.flatMap((night) => (after && night.get(after)) ?? [])[0];
    if (!cell || known.length === 0) return before ? [before] : [];
    const kept = (before?.stages ?? []).filter(({ stage }) => !known.some((one) => one.stage === stage));
    return [{ ...cell, stages: [...kept, ...known] }];
  });
