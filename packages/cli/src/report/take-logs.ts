// SPDX-License-Identifier: MIT
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { State } from '@uio-msi/host';
import type { CellResult, RunResult } from '@uio-msi/model';
import { runFolder } from '@uio-msi/pipeline';
import { logName } from '@uio-msi/report';
import type { Brought } from './brought.js';
import { copyLog } from './logs.js';

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

const ofCell = async (
  cell: CellResult,
  dir: string | null,
  run: string,
  state: State,
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

/**
 * A merged run with the logs that came along, in its folder here: they are named in the state
 * folder of the machine they are from.
 */
export const takeLogs = async (
  merged: RunResult,
  brought: readonly Brought[],
  state: State,
): Promise<RunResult> => {
  const dirs = new Map(
    brought.flatMap(({ run, dir }) => [run.run, ...(run.merged ?? [])].map((from) => [from, dir])),
  );
  const cells: CellResult[] = [];
  for (const cell of merged.cells)
    cells.push(await ofCell(cell, dirs.get(cell.from ?? '') ?? null, merged.run, state));
  return { ...merged, cells };
};
