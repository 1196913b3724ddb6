// SPDX-License-Identifier: MIT
import type { Cell, StageName } from './cell.js';
import { CHANGE_KINDS, type ChangeKind } from './compare/change.js';
import { flakesOf } from './compare/flakes.js';
import type { Depth } from './depth.js';
import type { Comparison, RunResult } from './result.js';
import type { Verdict } from './verdict.js';

/** A cell of a run, without what its stages found. */
export interface CellSummary extends Cell {
  readonly key: string;
  readonly depth?: Depth;
  readonly verdict: Verdict;
  /** Verdict and seconds of each stage, in order. */
  readonly stages: readonly (readonly [stage: StageName, verdict: Verdict, seconds: number])[];
}

/** What history needs to know of a run: small enough to read that of many. */
export interface RunSummary
  extends Pick<RunResult, 'version' | 'run' | 'series' | 'revision' | 'verdict' | 'started' | 'seconds'> {
  /** Runs of a state folder are counted, so that their order does not hang on the clock. */
  readonly sequence: number;
  /** Null for a run of cells that somebody chose. */
  readonly tier: string | null;
  /** Whether somebody chose cells of the tier. */
  readonly chosen?: true;
  /** How many changes there were of each kind; null until they were told: written last of all that a run writes. */
  readonly changes: Readonly<Record<ChangeKind, number>> | null;
  /** What tells its flakes from others, each once; absent for none. */
  readonly flakes?: readonly string[];
  readonly cells: readonly CellSummary[];
}

/** What history needs to know of a run. Pure. */
export const summarize = (result: RunResult, sequence: number, comparison: Comparison | null): RunSummary => {
  const { version, run, series, revision, verdict, started, seconds, tier = null, chosen } = result;
  const count = (kind: ChangeKind) => comparison?.changes.filter((change) => change.kind === kind).length;
  const flakes = [...new Set(flakesOf(result).map(({ fingerprint }) => fingerprint))];
  return {
    ...{ version, run, sequence, series, revision, tier, verdict, started, seconds },
    ...(chosen && { chosen }),
    ...(flakes.length > 0 && { flakes }),
    changes:
      comparison &&
      (Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, count(kind)])) as Record<ChangeKind, number>),
    cells: result.cells.map(({ stages, ...cell }) => ({
      ...cell,
      stages: stages.map(({ stage, verdict, seconds }) => [stage, verdict, seconds]),
    })),
  };
};
