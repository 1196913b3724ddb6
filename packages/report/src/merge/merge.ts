// SPDX-License-Identifier: MIT
import { type CellResult, type RunResult, UserError, VERDICTS, worstVerdict } from '@uio-msi/model';

const rank = ({ verdict }: CellResult): number => VERDICTS.indexOf(verdict);

// A run that was merged itself takes its cells' own names along.
const named = (run: RunResult): readonly CellResult[] =>
  run.cells.map((cell) => ({ ...cell, from: cell.from ?? run.run }));

const unfold = ({ others = [], ...cell }: CellResult): readonly CellResult[] => [cell, ...others];

// What one run gave for a cell counts once, also when it comes in two merged runs.
const distinct = (results: readonly CellResult[]): readonly CellResult[] => [
  ...new Map(results.map((result) => [result.from, result])).values(),
];

const together = (results: readonly CellResult[]): CellResult => {
  const [worst, ...others] = [...results].sort((a, b) => rank(a) - rank(b)) as [CellResult, ...CellResult[]];
  return others.length === 0 ? worst : { ...worst, others };
};

const differ = (first: RunResult, other: RunResult, what: string): UserError =>
  new UserError({
    code: 'other-content',
    message: `${first.run} and ${other.run} did not try the same, and cannot be one result`,
    why: what,
    next: 'merge runs of one content of the series, from one commit',
  });

const requireSame = (first: RunResult, other: RunResult): void => {
  if (first.series !== other.series)
    throw differ(first, other, `they are of ${first.series} and ${other.series}`);
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

const end = ({ started, seconds }: RunResult): number => Date.parse(started) + seconds * 1000;

/**
 * One run of the results of several machines. A cell that several have is given by its worst
 * verdict, and keeps the others. Pure.
 *
 * @param name the name of the merged run
 * @param command the command line that was given
 * @throws {UserError} `other-content` when they did not try the same series with the same content
 */
export const mergeRuns = (
  runs: readonly [RunResult, ...RunResult[]],
  name: string,
  command: string,
): RunResult => {
  const [first, ...rest] = runs;
  for (const other of rest) requireSame(first, other);
  const byKey = new Map<string, CellResult[]>();
  for (const cell of runs.flatMap(named).flatMap(unfold))
    byKey.set(cell.key, [...(byKey.get(cell.key) ?? []), cell]);
  const cells = [...byKey.values()].map((results) => together(distinct(results)));
  const started = runs.map((run) => run.started).sort()[0] ?? first.started;
  return {
    ...first,
    run: name,
    verdict: worstVerdict(cells.map(({ verdict }) => verdict)),
    started,
    seconds: (Math.max(...runs.map(end)) - Date.parse(started)) / 1000,
    command,
    cells,
    merged: [...new Set(runs.flatMap(({ run, merged }) => merged ?? [run]))],
  };
};
