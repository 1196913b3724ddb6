// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { readJson, type State, writeAtomic } from '@uio-msi/host';
import { type Comparison, type RunResult, type RunSummary, summarize, UserError } from '@uio-msi/model';
import { comparisonWith, runFolder } from '@uio-msi/pipeline';
import type { World } from '../world/world.js';
import { openOrLeaveOut, openResult, resultsIn } from './brought.js';

/**
 * Reads the results of nights before. What cannot be read, or is of another series, is left out with a note where it
 * was found in a folder: one such night does not take those behind it along.
 *
 * @param paths files, folders of runs, or folders with some of these, which may have none: a first night
 * @throws {UserError} `no-result`, `bad-result`; `other-content` for one of another series that is named
 */
export const openNights = async (
  paths: readonly string[],
  series: string,
  { progress }: Pick<World, 'progress'>,
): Promise<readonly RunResult[]> => {
  const open = async (path: string): Promise<readonly RunResult[]> => {
    const named = paths.includes(path);
    const run = (await (named ? openResult(path) : openOrLeaveOut(path, progress)))?.run;
    if (run === undefined) return [];
    if (run.series === series) return [run];
    const message = `${run.run} is of ${run.series}, and cannot be compared with what is of ${series}`;
    if (named) throw otherSeries(message, series);
    progress({ type: 'note', text: `left out: ${message}` });
    return [];
  };
  return (await Promise.all((await resultsIn(paths)).map(open))).flat();
};

const otherSeries = (message: string, series: string): UserError =>
  new UserError({ code: 'other-content', message, next: `name results of ${series} with --before` });

const nightsFile = (state: State, run: string): string => join(runFolder(state, run), 'nights.json');

/** Compares a run with nights that were brought, and keeps what its report tells of them. */
export const compareWithNights = async (
  state: State,
  run: RunResult,
  nights: readonly RunResult[],
): Promise<Comparison> => {
  const summaries = nights.map((night) => summarize(night, 0, toldIn(night)));
  const newestFirst = summaries.sort((a, b) => Date.parse(b.started) - Date.parse(a.started));
  await writeAtomic(nightsFile(state, run.run), `${JSON.stringify(newestFirst)}\n`);
  return comparisonWith(nights, run);
};

// `--json` of a night has it, and of a single run not.
const toldIn = (night: RunResult): Comparison | null => {
  const { changes } = Object(Object(night).comparison) as Partial<Comparison>;
  return Array.isArray(changes) ? { before: null, after: night.run, changes } : null;
};

/** The nights that a run was compared with, newest first; null when none were brought. */
export const nightsOf = async (state: State, run: string): Promise<readonly RunSummary[] | null> => {
  const found = await readJson(nightsFile(state, run));
  return Array.isArray(found) ? found : null;
};
