// SPDX-License-Identifier: MIT
import { readFile, rm } from 'node:fs/promises';
import { type RunResult, UserError } from '@uio-msi/model';
import { runFolder, runId, writeRun } from '@uio-msi/pipeline';
import { type JobPlan, mergeRuns, readPlan, withUnreported } from '@uio-msi/report';
import { openSeries } from '../cells/series.js';
import { DEFAULT_SERIES } from '../commands/options.js';
import type { World } from '../world/world.js';
import { type Brought, openOrLeaveOut, openResult, resultsIn } from './brought.js';
import { takeLogs } from './take-logs.js';

/** Several results as one. */
export interface Merged {
  readonly run: RunResult;
  /** How many cells of the plan nobody reported. */
  readonly unreported: number;
}

/** What machines were to run. */
export interface Planned {
  /** The file of it. */
  readonly plan?: string;
  /** The series that it is of, where no result says it. */
  readonly series?: string;
}

/**
 * Makes one run of the results of machines, and keeps it like any other.
 *
 * @param paths folders of runs, JSON, or folders with some of these
 * @param planned what the machines were to run: what none of them reported is MISS, and a result that cannot be read
 * is not reported
 * @throws {UserError} `no-result`, `bad-result`, `other-content`, `bad-plan`
 */
export const mergeResults = async (
  paths: readonly string[],
  world: World,
  { plan, series = DEFAULT_SERIES }: Planned = {},
): Promise<Merged> => {
  const jobs = plan === undefined ? null : readPlan(await readPlanFile(plan), plan);
  const brought = await openAll(await resultsIn(paths), jobs, world);
  const name = runId(new Date());
  const [first, ...rest] = brought.map(({ run }) => run);
  const together = first
    ? mergeRuns([first, ...rest], name, world.commandLine)
    : await nothingOf(series, name, world);
  const merged = jobs ? withUnreported(together, jobs) : together;
  const state = await world.openState();
  try {
    const run = await takeLogs(merged, brought, state);
    await writeRun(state, run);
    return { run, unreported: merged.cells.length - together.cells.length };
  } catch (error) {
    await rm(runFolder(state, name), { recursive: true, force: true });
    throw error;
  }
};

const readPlanFile = (plan: string): Promise<string> =>
  readFile(plan, 'utf8').catch((error: Error) => {
    throw new UserError({
      code: 'bad-plan',
      message: `the plan ${plan} cannot be read`,
      why: error.message,
      next: 'name what `./uio-msi matrix --format github`, or gitlab, printed',
    });
  });

// One job that left half a file does not take the whole night along: its cells are MISS.
const openAll = async (
  paths: readonly string[],
  jobs: JobPlan | null,
  { progress }: World,
): Promise<readonly Brought[]> => {
  if (paths.length === 0 && jobs === null)
    throw new UserError({
      code: 'nothing-to-merge',
      message: 'there is no result to merge',
      next: './uio-msi report merge RUN-OF-ONE RUN-OF-ANOTHER, or --plan with what was to be run',
    });
  const open = (path: string) => (jobs === null ? openResult(path) : openOrLeaveOut(path, progress));
  return (await Promise.all(paths.map(open))).filter((one) => one !== null);
};

/** A run in which nobody reported anything: of the series as it is here. */
const nothingOf = async (name: string, run: string, { root, commandLine }: World): Promise<RunResult> => {
  const { name: series, revision } = await openSeries(root, name);
  return {
    ...{ version: 1, run, series, revision, verdict: 'MISS', started: new Date().toISOString(), seconds: 0 },
    ...{ command: commandLine, cells: [], merged: [] },
  };
};
