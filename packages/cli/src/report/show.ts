// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { run as runCommand } from '@uio-msi/host';
import type { RunResult } from '@uio-msi/model';
import { readRun } from '@uio-msi/pipeline';
import { renderSummary } from '@uio-msi/report';
import type { World } from '../world/world.js';
import { writeReport } from './write.js';

/**
 * Writes the report of a run again, from its result.
 *
 * @param name null for the last run
 * @param open also show it in the desktop's browser
 */
export const showReport = async (
  name: string | null,
  open: boolean,
  world: World,
): Promise<{ text: string; json: RunResult }> => {
  const state = await world.openState();
  const run = await readRun(state, name);
  const page = join(await writeReport(state, run), 'index.html');
  if (open) await runCommand('xdg-open', [page], { signal: world.signal });
  return { text: renderSummary(run, { colour: world.color, report: page }).trimEnd(), json: run };
};
