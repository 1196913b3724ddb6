// SPDX-License-Identifier: MIT
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { State } from '@uio-msi/host';
import { type CellResult, type RunResult, UserError } from '@uio-msi/model';
import { comparisonOf, markTold, runFolder, runId, writeRun } from '@uio-msi/pipeline';
import { logName, mergeRuns, readPlan, withUnreported } from '@uio-msi/report';
import type { World } from '../world/world.js';
import { openResult } from './brought.js';
import { copyLog } from './logs.js';
import { type ReportOptions, showRun } from './show.js';

// A run's report is a folder in its own, or the folder that was given.
const logFolders = (dir: string): readonly string[] => [join(dir, 'report'), dir];

const findLog = async (dir: string, name: string): Promise<string | null> => {
  for (const folder of logFolders(dir)) {
    const entries = await readdir(join(folder, 'logs'), { withFileTypes: true }).catch(() => []);
    // A link may lead to whatever this machine has.
    const files = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
    const file = files.find((one) => [`${name}.txt`, `${name}.log.gz`].includes(`logs/${one}`));
    if (file) return join(folder, 'logs', file);
  }
  return null;
};

// Logs are named in the state folder of the machine they are from; what came along goes into ours.
const takeLogs = async (
  state: State,
  cell: CellResult,
  dir: string | null,
  run: string,
): Promise<CellResult> => {
  const stages = [];
  for (const stage of cell.stages) {
    const from = dir && stage.log && (await findLog(dir, logName(cell, stage)));
    const name = `${logName(cell, stage)}-${cell.from}`;
    const log = from ? await copyLog(from, runFolder(state, run), name) : null;
    stages.push({ ...stage, log: log && join('runs', run, log.file) });
  }
  return { ...cell, stages };
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

/**
 * Makes one run of the results of several machines, and keeps it like any other.
 *
 * @param paths folders of runs, or JSON
 * @param plan the file of what the machines were to run: what none of them reported is MISS
 * @throws {UserError} `no-result`, `bad-result`, `other-content`, `bad-plan`
 */
export const mergeResults = async (
  paths: readonly string[],
  world: World,
  plan?: string,
): Promise<RunResult> => {
  const squares = plan === undefined ? [] : readPlan(await readPlanFile(plan), plan);
  const [first, ...rest] = await Promise.all(paths.map(openResult));
  if (!first || (rest.length === 0 && plan === undefined))
    throw new UserError({
      code: 'nothing-to-merge',
      message: 'two results at least make one',
      next: './uio-msi report merge RUN-OF-ONE RUN-OF-ANOTHER',
    });
  const state = await world.openState();
  const name = runId(new Date());
  const brought = mergeRuns([first.run, ...rest.map(({ run }) => run)], name, world.commandLine);
  const merged = withUnreported(brought, squares);
  const dirs = new Map(
    [first, ...rest].flatMap(({ run, dir }) => [run.run, ...(run.merged ?? [])].map((from) => [from, dir])),
  );
  try {
    const cells: CellResult[] = [];
    for (const cell of merged.cells)
      cells.push(await takeLogs(state, cell, dirs.get(cell.from ?? '') ?? null, name));
    const result = { ...merged, cells };
    await writeRun(state, result);
    return result;
  } catch (error) {
    await rm(runFolder(state, name), { recursive: true, force: true });
    throw error;
  }
};

/** Merges results, writes the report of the whole, and marks it as told: the next merged night is compared with it. */
export const showMerged = async (
  paths: readonly string[],
  options: ReportOptions & { readonly plan?: string },
  world: World,
): Promise<{ text: string; json: RunResult }> => {
  const run = await mergeResults(paths, world, options.plan);
  const state = await world.openState();
  try {
    const shown = await showRun(run, options, world);
    await markTold(state, await comparisonOf(state, run));
    return shown;
  } catch (error) {
    // What cannot be shown is no run that others are compared with.
    await rm(runFolder(state, run.run), { recursive: true, force: true });
    throw error;
  }
};
