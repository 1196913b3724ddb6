// SPDX-License-Identifier: MIT
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { State } from '@uio-msi/host';
import type { CellResult, RunResult } from '@uio-msi/model';
import { runFolder } from '@uio-msi/pipeline';
import {
  type LogExcerpt,
  logName,
  type ReportFile,
  renderCell,
  renderJunit,
  renderKcidb,
  renderKtap,
  renderSite,
} from '@uio-msi/report';
import { withEarlier } from './earlier.js';
import { copyLog } from './logs.js';
import { decodeStacks } from './stacks.js';

/** Who reports, for KCIDB, when nobody says. */
export const ORIGIN = 'uio_msi';

const formats = (run: RunResult, origin: string): readonly ReportFile[] => [
  { path: 'run.json', content: `${JSON.stringify(run, null, 2)}\n` },
  { path: 'junit.xml', content: renderJunit(run) },
  { path: 'results.ktap', content: renderKtap(run) },
  { path: 'kcidb.json', content: `${JSON.stringify(renderKcidb(run, origin), null, 2)}\n` },
];

const copyLogs = async (state: State, cell: CellResult, dir: string): Promise<Map<string, LogExcerpt>> => {
  const logs = new Map<string, LogExcerpt>();
  for (const stage of cell.stages) {
    const log = stage.log && (await copyLog(state.path(stage.log), dir, logName(cell, stage)));
    if (log) logs.set(stage.stage, log);
  }
  return logs;
};

/**
 * Writes the report of a run beside its result: made in a folder of its own and renamed, so that
 * nobody sees half of one. One page at a time is in memory.
 *
 * @param origin the name of whoever reports, for KCIDB
 * @returns the report's folder
 */
export const writeReport = async (state: State, run: RunResult, origin = ORIGIN): Promise<string> => {
  const dir = join(runFolder(state, run.run), 'report');
  const making = `${dir}.${process.pid}.tmp`;
  const write = async ({ path, content }: ReportFile): Promise<void> => {
    await mkdir(dirname(join(making, path)), { recursive: true });
    await writeFile(join(making, path), content);
  };
  try {
    for (const file of formats(run, origin)) await write(file);
    const input = await withEarlier(state, run);
    for (const file of renderSite(input)) await write(file);
    for (const cell of run.cells) {
      const extras = {
        logs: await copyLogs(state, cell, making),
        stacks: await decodeStacks(state, cell),
      };
      await write(renderCell(input, cell, extras));
    }
    await rm(dir, { recursive: true, force: true });
    await rename(making, dir);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return dir;
};
