// SPDX-License-Identifier: MIT
import { randomBytes } from 'node:crypto';
import { constants, writeFileSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as hearOthers } from 'node:timers/promises';
import { type State, withLock } from '@uio-msi/host';
import type { CellResult, RunResult } from '@uio-msi/model';
import { resultFile, runFolder } from '@uio-msi/pipeline';
import {
  cellPages,
  type LogExcerpt,
  logName,
  type ReportFile,
  renderJunit,
  renderKcidb,
  renderKtap,
  renderSite,
} from '@uio-msi/report';
import { withEarlier } from './earlier.js';
import { copyLog } from './logs.js';
import { writePieces } from './pieces.js';
import { decodeStacks } from './stacks.js';

/** Who reports, for KCIDB, when nobody says. */
export const ORIGIN = 'uio_msi';

// In pieces: of ten thousand cells each has hundreds of megabytes.
const formats = (run: RunResult, origin: string): Readonly<Record<string, Iterable<string>>> => ({
  'junit.xml': renderJunit(run),
  'results.ktap': renderKtap(run),
  'kcidb.json': renderKcidb(run, origin),
});

const copyLogs = async (state: State, cell: CellResult, dir: string): Promise<Map<string, LogExcerpt>> => {
  const logs = new Map<string, LogExcerpt>();
  for (const stage of cell.stages) {
    const log = stage.log && (await copyLog(state.path(stage.log), dir, logName(cell, stage)));
    if (log) logs.set(stage.stage, log);
  }
  return logs;
};

// Those of `cellPages` and `logName`.
const FOLDERS = ['cells', 'logs'];

// Logs wait for the disk, and a page is small.
const AT_ONCE = 16;

// There are thousands, each small: to wait for each takes longer than to write it.
const writeIn = (dir: string, { path, content }: ReportFile): void => writeFileSync(join(dir, path), content);

/**
 * Writes the report of a run beside its result: made in a folder of its own and renamed, so that
 * nobody sees half of one. A few pages at a time are in memory.
 *
 * @param origin the name of whoever reports, for KCIDB
 * @returns the report's folder
 */
export const writeReport = async (state: State, run: RunResult, origin = ORIGIN): Promise<string> => {
  const dir = join(runFolder(state, run.run), 'report');
  const making = `${dir}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const input = await withEarlier(state, run);
    for (const folder of FOLDERS) await mkdir(join(making, folder), { recursive: true });
    await copyFile(resultFile(state, run.run), join(making, 'run.json'), constants.COPYFILE_FICLONE);
    for (const [name, pieces] of Object.entries(formats(run, origin)))
      writePieces(join(making, name), pieces);
    for (const file of renderSite(input)) writeIn(making, file);
    const pageOf = cellPages(input);
    const writeCell = async (cell: CellResult): Promise<void> => {
      const logs = await copyLogs(state, cell, making);
      writeIn(making, pageOf(cell, { logs, stacks: await decodeStacks(state, cell) }));
    };
    for (let at = 0; at < run.cells.length; at += AT_ONCE)
      await Promise.all(run.cells.slice(at, at + AT_ONCE).map(writeCell)).then(() => hearOthers());
    await withLock(`${dir}.lock`, async () => {
      await rm(dir, { recursive: true, force: true });
      await rename(making, dir);
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return dir;
};
