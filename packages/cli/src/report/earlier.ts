// SPDX-License-Identifier: MIT
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { State } from '@uio-msi/host';
import { compareRuns, type RunResult, type RunSummary } from '@uio-msi/model';
import { listRuns, readComparison, readRun, readSummary, runFolder } from '@uio-msi/pipeline';
import type { PastRun, SiteInput } from '@uio-msi/report';

// What a page shows of history.
const MOST = 30;

// Runs of other stages, tiers or configurations say little of each other. Kernels go on to their
// next version.
const tried = ({ series, tier, cells }: Pick<RunSummary, 'series' | 'tier' | 'cells'>): string => {
  const distinct = (names: readonly string[]) => [...new Set(names)].sort();
  return JSON.stringify([
    ...[series, tier],
    distinct(cells.map(({ arch, toolchain, config, prefix }) => [arch, toolchain, config, prefix].join(' '))),
    distinct(cells.flatMap(({ stages }) => stages.map(([stage]) => stage))),
  ]);
};

const past = async (state: State, summary: RunSummary): Promise<PastRun> => {
  const page = join('report', 'index.html');
  const there = await access(join(runFolder(state, summary.run), page)).then(
    () => true,
    () => false,
  );
  return { ...summary, href: there ? join('../..', summary.run, page) : null };
};

// Those that tried the same, newest first; all that are not newer than the run itself.
const comparable = async (state: State, run: RunResult): Promise<readonly PastRun[]> => {
  const own = await readSummary(state, run.run);
  const names = await listRuns(state);
  const found: PastRun[] = [];
  for (const name of names.slice(names.indexOf(run.run) + 1)) {
    if (own === null || found.length === MOST) break;
    const summary = await readSummary(state, name);
    if (summary && tried(summary) === tried(own)) found.push(await past(state, summary));
  }
  return found;
};

/**
 * What a report tells of a run: itself, what it was compared with, and what was before it. A run
 * that was compared with nothing when it ended is compared with the last that tried the same.
 */
export const withEarlier = async (state: State, run: RunResult): Promise<SiteInput> => {
  const history = await comparable(state, run);
  const told = await readComparison(state, run.run);
  const name = told ? told.before : (history[0]?.run ?? null);
  const summary = name === null ? null : await readSummary(state, name);
  const before = summary && (await past(state, summary));
  const changes = told?.changes ?? compareRuns(before && (await readRun(state, before.run)), run);
  return { run, before, changes, history };
};
