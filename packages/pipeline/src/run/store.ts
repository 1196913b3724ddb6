// SPDX-License-Identifier: MIT
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, readJson, type State, writeAtomic } from '@uio-msi/host';
import { type Comparison, type RunResult, type RunSummary, summarize, UserError } from '@uio-msi/model';
import { allRuns, type BegunRun, enterRun, runFolder } from './registry.js';
import { isRunId } from './run-id.js';

/** The file that has a run's result. */
export const resultFile = (state: State, run: string): string => join(runFolder(state, run), 'run.json');
const summaryFile = (state: State, run: string): string => join(runFolder(state, run), 'summary.json');

/**
 * Writes a run's result, whole or not at all.
 *
 * @param begun what it was told when it began; one that comes from elsewhere gets its place in the order now
 */
export const writeRun = async (state: State, result: RunResult, begun?: BegunRun): Promise<void> => {
  const { sequence } = begun ?? (await enterRun(state, result.run));
  if (begun === undefined) await writeUsed(state, result.run, []);
  await writeAtomic(resultFile(state, result.run), resultText(result));
  await writeSummary(state, summarize(result, sequence, null));
};

// A cell a line: of ten thousand cells all of it is hundreds of megabytes, and with indentation twice as much.
function* resultText({ cells, ...run }: RunResult): Generator<string> {
  yield `${JSON.stringify(run).slice(0, -1)},"cells":[`;
  for (const [at, cell] of cells.entries()) yield `${at === 0 ? '' : ','}\n${JSON.stringify(cell)}`;
  yield '\n]}\n';
}

const writeSummary = (state: State, summary: RunSummary): Promise<void> =>
  writeAtomic(summaryFile(state, summary.run), `${JSON.stringify(summary)}\n`);

const usedFile = (state: State, run: string): string => join(runFolder(state, run), 'used.json');

/** Writes which entries of the ledger a run relied on, before its result: a run that has one says it. */
export const writeUsed = (state: State, run: string, used: readonly string[]): Promise<void> =>
  writeAtomic(usedFile(state, run), `${JSON.stringify({ version: 1, run, used })}\n`);

/** The entries of the ledger that a run relied on; null when it does not say. */
export const readUsed = async (state: State, run: string): Promise<readonly string[] | null> => {
  const found = Object(await readJson(usedFile(state, run))) as { run?: unknown; used?: unknown };
  return found.run === run && Array.isArray(found.used) ? found.used : null;
};

const comparisonFile = (state: State, run: string): string => join(runFolder(state, run), 'comparison.json');

/** Writes what a run was compared with, and what came of it, beside it. */
export const writeComparison = (state: State, comparison: Comparison): Promise<void> =>
  writeAtomic(comparisonFile(state, comparison.after), `${JSON.stringify(comparison, null, 2)}\n`);

/**
 * Marks a run as one whose changes were told, which is when others of its tier may be compared with
 * it: last of all, so that what a killed night found is new to the next one.
 */
export const markTold = async (state: State, comparison: Comparison): Promise<void> => {
  const { after } = comparison;
  const summary = await readSummary(state, after);
  if (summary)
    await writeSummary(state, summarize(await readRun(state, after), summary.sequence, comparison));
};

/** What a run was compared with when it ended; null when it was not. */
export const readComparison = async (state: State, run: string): Promise<Comparison | null> => {
  const found = Object(await readJson(comparisonFile(state, run))) as Comparison;
  return found.after === run && Array.isArray(found.changes) ? found : null;
};

/** The names of the runs that came to their end, newest first: by their number, not by the clock. */
export const listRuns = async (state: State): Promise<readonly string[]> => {
  const runs = await allRuns(state);
  const ended = await Promise.all(
    runs.map(({ run }) =>
      access(resultFile(state, run)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return runs.filter((_, at) => ended[at]).map(({ run }) => run);
};

/** What history needs to know of a run; null when there is no such run. */
export const readSummary = async (state: State, run: string): Promise<RunSummary | null> => {
  if (!isRunId(run)) return null;
  const found = Object(await readJson(summaryFile(state, run))) as RunSummary;
  if (isWhole(found, run)) return found;
  // Of before there were summaries, or killed between the two files.
  const result = Object(await readJson(resultFile(state, run))) as RunResult;
  return isWhole(result, run) ? summarize(result, 0, null) : null;
};

// One that is damaged would spoil the report of every night after it.
const isWhole = (found: Partial<RunSummary | RunResult>, run: string): boolean =>
  found.run === run &&
  typeof found.seconds === 'number' &&
  typeof found.started === 'string' &&
  Array.isArray(found.cells) &&
  found.cells.every((cell) => Array.isArray(Object(cell).stages));

/**
 * Reads a run's result.
 *
 * @param run its name; null for the newest
 * @throws {UserError} `unknown-run`, `no-run`, `damaged-run`
 */
export const readRun = async (state: State, run: string | null): Promise<RunResult> => {
  const name = run ?? (await listRuns(state))[0];
  if (name === undefined)
    throw new UserError({
      code: 'no-run',
      message: 'there is no run yet',
      next: 'start one: ./uio-msi check',
    });
  const text = isRunId(name) ? await readIfThere(resultFile(state, name)) : null;
  if (text === null) {
    const known = (await listRuns(state)).slice(0, 5).join(', ');
    const next = known === '' ? 'there is none yet: ./uio-msi check' : `the newest are: ${known}`;
    throw new UserError({ code: 'unknown-run', message: `${name}: no such run`, next });
  }
  try {
    return JSON.parse(text) as RunResult;
  } catch (error) {
    throw new UserError({
      code: 'damaged-run',
      message: `the result of ${name} is damaged`,
      why: (error as Error).message,
      next: 'name another: ./uio-msi runs list',
    });
  }
};
