// SPDX-License-Identifier: MIT
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { State } from '@uio-msi/host';
import type { RunResult, RunSummary } from '@uio-msi/model';
import { comparisonOf, earlierRuns, runFolder } from '@uio-msi/pipeline';
import type { PastRun, SiteInput } from '@uio-msi/report';
import { nightsOf } from './nights.js';

// What a page shows of history.
const MOST = 30;

const past = async (state: State, summary: RunSummary): Promise<PastRun> => {
  const page = join('report', 'index.html');
  const there = await access(join(runFolder(state, summary.run), page)).then(
    () => true,
    () => false,
  );
  return { ...summary, href: there ? join('../..', summary.run, page) : null };
};

/**
 * What a report tells of a run: itself, what it was compared with, and what was before it. A run
 * that was compared with nothing when it ended is compared with the last that tried the same. Where
 * nights were brought to compare with, those are what was before.
 */
export const withEarlier = async (state: State, run: RunResult): Promise<SiteInput> => {
  const { before, changes } = await comparisonOf(state, run);
  const brought = await nightsOf(state, run.run);
  const earlier = brought?.slice(0, MOST) ?? (await earlierRuns(state, run, MOST));
  const history = await Promise.all(earlier.map((summary) => past(state, summary)));
  return { run, before: history.find((one) => one.run === before) ?? null, changes, history };
};
