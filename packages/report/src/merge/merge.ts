// SPDX-License-Identifier: MIT
import { isDeepStrictEqual } from 'node:util';
import {
  type CellResult,
  cellKey,
  familyOf,
  isJudged,
  type RunResult,
  resultsOf,
  UserError,
  VERDICTS,
  worstVerdict,
} from '@uio-msi/model';

// A run that was merged itself takes its cells' own names along.
const named = (run: RunResult): readonly CellResult[] =>
  run.cells.map((cell) => ({ ...cell, from: cell.from ?? run.run }));

// Where a log is hangs on who has it.
const withoutLogs = (cell: CellResult): unknown => ({
  ...cell,
  stages: cell.stages.map((stage) => ({ ...stage, log: null })),
});

// What one run gave for a cell counts once, also when it comes in two merged runs.
const distinct = (results: readonly CellResult[]): readonly CellResult[] => {
  const found = new Map<string, CellResult>();
  for (const result of results) {
    const name = JSON.stringify([result.from, result.key]);
    const other = found.get(name);
    if (other && !isDeepStrictEqual(withoutLogs(other), withoutLogs(result)))
      throw new UserError({
        code: 'same-run',
        message: `two results are called ${result.from}, and differ in ${result.key}`,
        why: 'one of them was changed, or two machines gave their runs the same name',
        next: 'leave one of them out, or run it again',
      });
    found.set(name, result);
  }
  return [...found.values()];
};

/**
 * What stands for a cell: FAIL before all; else what judged most of what others could not, for what
 * one machine lacks, or a job that was cut off, spoils nothing that another did; else the worst.
 */
const together = (results: readonly CellResult[]): CellResult => {
  const isSpoiled = (verdict: CellResult['verdict']) => verdict === 'ERROR' || verdict === 'MISS';
  const stages = results.flatMap((result) => result.stages);
  const spoiled = new Set(stages.filter(({ verdict }) => isSpoiled(verdict)).map(({ stage }) => stage));
  const worth = (result: CellResult): readonly number[] => {
    const judged = result.stages.filter(({ verdict }) => isJudged(verdict));
    return [
      Number(result.verdict === 'FAIL'),
      judged.filter(({ stage }) => spoiled.has(stage)).length,
      Number(judged.length > 0),
      -VERDICTS.indexOf(result.verdict),
    ];
  };
  const ranked = results.map((result) => ({ result, worth: worth(result) }));
  ranked.sort((a, b) => b.worth.map((n, at) => n - (a.worth[at] ?? 0)).find((n) => n !== 0) ?? 0);
  const [first, ...others] = ranked.map(({ result }) => result) as [CellResult, ...CellResult[]];
  return others.length === 0 ? first : { ...first, others };
};

/** Results by cell. A machine without a compiler, and a plan, have its family alone: `gcc` for what another has as `gcc-12`. */
const byCell = (results: readonly CellResult[]): ReadonlyMap<string, readonly CellResult[]> => {
  const versions = new Map<string, string>();
  for (const cell of results) {
    const family = cellKey({ ...cell, toolchain: familyOf(cell.toolchain) });
    if (family !== cell.key && !versions.has(family)) versions.set(family, cell.key);
  }
  const found = new Map<string, CellResult[]>();
  for (const cell of results) {
    const key = versions.get(cell.key) ?? cell.key;
    const known = found.get(key);
    if (known) known.push(cell);
    else found.set(key, [cell]);
  }
  return found;
};

const differ = (first: RunResult, other: RunResult, what: string): UserError =>
  new UserError({
    code: 'other-content',
    message: `${first.run} and ${other.run} did not try the same, and cannot be one result`,
    why: what,
    next: 'merge runs of one tier and one content of the series, from one commit',
  });

const requireSame = (first: RunResult, other: RunResult): void => {
  if (first.series !== other.series)
    throw differ(first, other, `they are of ${first.series} and ${other.series}`);
  if (first.tier !== other.tier)
    throw differ(first, other, `they are of ${tierOf(first)} and ${tierOf(other)}`);
  if (first.content === undefined || other.content === undefined)
    throw differ(
      first,
      other,
      `${(first.content === undefined ? first : other).run} does not say what it tried: it is of an older version of this command`,
    );
  if (first.content !== other.content)
    throw differ(
      first,
      other,
      `their patches differ: content ${first.content.slice(0, 12)} and ${other.content.slice(0, 12)}`,
    );
};

const tierOf = ({ tier }: RunResult): string => (tier === undefined ? 'no tier' : `the tier ${tier}`);

const end = ({ started, seconds }: RunResult): number => Date.parse(started) + seconds * 1000;

/**
 * One run of the results of several machines. A cell that several have is given by FAIL, or else by
 * what was judged before what could not be, and keeps the others. A run of a whole tier makes the
 * whole one, whoever ran some of it again. Pure.
 *
 * @param name the name of the merged run
 * @param command the command line that was given
 * @throws {UserError} `other-content` when they did not try the same tier of the same series with the same
 * content, `same-run` when two of one name differ
 */
export const mergeRuns = (
  runs: readonly [RunResult, ...RunResult[]],
  name: string,
  command: string,
): RunResult => {
  const [first, ...rest] = runs;
  for (const other of rest) requireSame(first, other);
  const results = byCell(runs.flatMap(named).flatMap(resultsOf));
  const cells = [...results.values()].map((of) => together(distinct(of)));
  const started = runs.map((run) => run.started).sort()[0] ?? first.started;
  const { chosen, ...about } = first;
  return {
    ...about,
    ...(chosen && runs.every((run) => run.chosen) && { chosen }),
    run: name,
    verdict: worstVerdict(cells.map(({ verdict }) => verdict)),
    started,
    seconds: (Math.max(...runs.map(end)) - Date.parse(started)) / 1000,
    command,
    cells,
    merged: [...new Set(runs.flatMap(({ run, merged }) => merged ?? [run]))],
  };
};
