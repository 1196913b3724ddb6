// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { run as runCommand } from '@uio-msi/host';
import type { RunResult } from '@uio-msi/model';
import { resolveRun } from '@uio-msi/pipeline';
import { renderSummary } from '@uio-msi/report';
import type { World } from '../world/world.js';
import { isPath } from './brought.js';
import { mergeResults } from './merge.js';
import { writeReport } from './write.js';

/** What `report` may be told. */
export interface ReportOptions {
  /** Also show it in the desktop's browser. */
  readonly open?: true;
  /** Who reports, for KCIDB. */
  readonly origin?: string;
}

/** Shows a page in the desktop's browser; on a machine without one, says so. */
export const openPage = async (page: string, { signal, progress }: World): Promise<void> => {
  const opened = await runCommand('xdg-open', [page], { signal }).then(
    ({ exitCode }) => exitCode === 0,
    () => false,
  );
  if (!opened) progress({ type: 'note', text: `no browser could be opened here: see ${page}` });
};

/**
 * Writes the report of a run again, from its result, and tells what it says and where it is. What is
 * named by a path was brought from elsewhere, and becomes a run of this state folder.
 *
 * @param name as `compare` takes it; null for the last run
 */
export const showReport = async (
  name: string | null,
  { open, origin }: ReportOptions,
  world: World,
): Promise<{ text: string; json: RunResult }> => {
  const state = await world.openState();
  const run =
    name !== null && isPath(name)
      ? (await mergeResults([name], world)).run
      : await resolveRun(state, name ?? 'last');
  const page = join(await writeReport(state, run, origin), 'index.html');
  if (open) await openPage(page, world);
  return { text: renderSummary(run, { colour: world.color, report: page }).trimEnd(), json: run };
};
