// SPDX-License-Identifier: MIT
import type { State } from '@uio-msi/host';
import { compareRuns, type RunResult, summarize } from '@uio-msi/model';
import { listRuns, readRun } from '@uio-msi/pipeline';
import type { PastRun, SiteInput } from '@uio-msi/report';

// What a page shows of history.
const MOST = 30;

// Runs of other stages, tiers or cells say little of each other.
const tried = ({ series, tier, cells }: RunResult): string =>
  JSON.stringify([
    series,
    tier ?? null,
    [
      ...new Set(
        cells.map(({ arch, toolchain, config, prefix }) => [arch, toolchain, config, prefix].join(' ')),
      ),
    ].sort(),
    [...new Set(cells.flatMap(({ stages }) => stages.map(({ stage }) => stage)))].sort(),
  ]);

const past = (run: RunResult): PastRun => ({
  ...summarize(run, 0, null),
  href: `../../${run.run}/report/index.html`,
});

/** What a report tells of a run: itself, and what was before it. */
export const withEarlier = async (state: State, run: RunResult): Promise<SiteInput> => {
  const earlier = (await listRuns(state)).filter((name) => name < run.run);
  const history: PastRun[] = [];
  let before: RunResult | null = null;
  for (const name of earlier) {
    if (history.length === MOST) break;
    const other = await readRun(state, name);
    if (tried(other) !== tried(run)) continue;
    before ??= other;
    history.push(past(other));
  }
  return { run, before: before && past(before), changes: compareRuns(before, run), history };
};
