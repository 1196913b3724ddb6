// SPDX-License-Identifier: MIT
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { State } from '@uio-msi/host';
import type { RunResult } from '@uio-msi/model';
import { runFolder } from '@uio-msi/pipeline';
import { renderSite } from '@uio-msi/report';
import { readLogs } from './logs.js';

/**
 * Writes the report of a run beside its result: made in a folder of its own and renamed, so that
 * nobody sees half of one.
 *
 * @returns the report's folder
 */
export const writeReport = async (state: State, run: RunResult): Promise<string> => {
  const dir = join(runFolder(state, run.run), 'report');
  const making = `${dir}.${process.pid}.tmp`;
  for (const { path, content } of renderSite(run, await readLogs(state, run))) {
    await mkdir(dirname(join(making, path)), { recursive: true });
    await writeFile(join(making, path), content);
  }
  await rm(dir, { recursive: true, force: true });
  await rename(making, dir);
  return dir;
};
