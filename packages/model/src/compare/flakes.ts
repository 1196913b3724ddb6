// SPDX-License-Identifier: MIT
import type { StageName } from '../cell.js';
import { cellKey } from '../cell.js';
import { type CellResult, isFlake, type RunResult, type StageResult } from '../result.js';
import type { Change } from './change.js';
import { withoutNumbers } from './fingerprint.js';

/** A stage that failed and passed when it was tried again. */
export interface Flake {
  readonly cell: CellResult;
  readonly stage: StageResult;
  /** Why it had failed. */
  readonly reason: string | null;
  /** The same wherever, and whenever, it is the same failure. */
  readonly fingerprint: string;
}

/** All flakes of a run. Pure. */
export const flakesOf = ({ cells }: Pick<RunResult, 'cells'>): readonly Flake[] =>
  cells.flatMap((cell) =>
    cell.stages.filter(isFlake).map((stage) => {
      const reason = stage.attempts?.find(({ verdict }) => verdict === 'FAIL')?.reason ?? null;
      return { cell, stage, reason, fingerprint: fingerprintOf(stage.stage, reason) };
    }),
  );

// How many failed beside the first is a matter of chance, too; the words are those of the pipeline.
const fingerprintOf = (stage: StageName, reason: string | null): string =>
  `flaky ${stage}: ${withoutNumbers((reason ?? '').replace(/ \(and \d+ more\)$/, ''))}`;

/** The changes of those that are in none of the cells before: a test that is known to be flaky is no news anywhere. Pure. */
export const flakeChanges = (
  before: Pick<RunResult, 'cells'> | null,
  after: Pick<RunResult, 'cells'>,
): readonly Change[] => {
  const known = new Set(before ? flakesOf(before).map(({ fingerprint }) => fingerprint) : []);
  return flakesOf(after)
    .filter(({ fingerprint }) => !known.has(fingerprint))
    .map(({ cell: { key: _, verdict: __, stages: ___, ...cell }, stage, reason, fingerprint }) => ({
      ...{ kind: 'flaky', cell, stage: stage.stage, subject: { type: 'whole' }, title: stage.stage },
      ...{ before: 'FAIL', after: stage.verdict, reason, fingerprint },
    }));
};

/** The flakes of a run that its changes do not tell of, for they are known. Pure. */
export const knownFlakes = (run: Pick<RunResult, 'cells'>, changes: readonly Change[]): readonly Flake[] => {
  const place = (key: string, stage: StageName | null) => JSON.stringify([key, stage]);
  const told = new Set(
    changes.filter(({ kind }) => kind === 'flaky').map(({ cell, stage }) => place(cellKey(cell), stage)),
  );
  return flakesOf(run).filter(({ cell, stage }) => !told.has(place(cell.key, stage.stage)));
};
