// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { run as runCommand } from '@uio-msi/host';
import type { RunResult } from '@uio-msi/model';
import { resolveRun } from '@uio-msi/pipeline';
import { renderSummary } from '@uio-msi/report';
import type { World } from '../world/world.js';
import { writeReport } from './write.js';

/** What `report` may be told. */
export interface ReportOptions {
  /** Also show it in the desktop's browser. */
  readonly open?: true;
  /** Who reports, for KCIDB. */
  readonly origin?: string;
}

/** Writes the report of a run, and tells what it says and where it is. */
export const showRun = async (
  run: RunResult,
  { open, origin }: ReportOptions,
  world: World,
): Promise<{ text: string; json: RunResult }> => {
  const page = join(await writeReport(await world.openState(), run, origin), 'index.html');
  if (open) await runCommand('xdg-open', [page], { signal: world.signal });
  return { text: renderSummary(run, { colour: world.color, report: page }).trimEnd(), json: run };
};

/**
 * Writes the report of a run again, from its result.
 *
 * @param name as `compare` takes it; null for the last run
 */
export const showReport = async (
  name: string | null,
  options: ReportOptions,
  world: World,
): Promise<{ text: string; json: RunResult }> =>
  showRun(await resolveRun(await world.openState(), name ?? 'last'), options, world);
