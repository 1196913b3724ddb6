// SPDX-License-Identifier: MIT
import type { GuestOutcome, GuestRecord } from '@uio-msi/machine';
import { suiteRecord } from '../guest/stream.js';
import type { Mutant } from './mutant.js';

/**
 * What became of a mutant. `caught`: a case that claims it failed. `caught-by-another`: only others
 * did. `survived`: none did. `error`: nothing is known, as the harness or the machine is at fault.
 */
export const FATES = [
  'caught',
  'caught-by-another',
  'survived',
  'does-not-apply',
  'does-not-build',
  'error',
] as const;

/** One of {@link FATES}. */
export type Fate = (typeof FATES)[number];

/** What became of a mutant, and how that showed. */
export interface MutantResult {
  readonly id: string;
  readonly fate: Fate;
  /** The case that failed first; null when none did. */
  readonly case: string | null;
  /** What it said, or why nothing is known. */
  readonly message: string | null;
  readonly seconds: number;
  /** Known from an earlier run. */
  readonly cached: boolean;
}

/** What a guest told of one mutant. */
export interface Trial {
  readonly id: string;
  readonly records: readonly GuestRecord[];
  /** The suite's exit code; null while it has none. */
  readonly code: number | null;
}

/** The records of a guest by mutant, in the order in which they were tried; see tools/guest/mutants. Pure. */
export const trialsOf = (records: readonly GuestRecord[]): readonly Trial[] => {
  const trials: { id: string; records: GuestRecord[]; code: number | null }[] = [];
  for (const record of records) {
    if (record.type === 'mutant') trials.push({ id: String(record['id']), records: [], code: null });
    else if (record.type === 'mutant-end') {
      const last = trials.at(-1);
      if (last) last.code = Number(record['code']);
    } else trials.at(-1)?.records.push(record);
  }
  return trials;
};

type Finding = Pick<MutantResult, 'fate' | 'case' | 'message'>;

const NOT_LOADED = 254; // tools/guest/mutants

/** What a trial says of its mutant. `outcome` is how the guest ended. Pure. */
export const judgeTrial = (
  { caughtBy }: Pick<Mutant, 'caughtBy'>,
  { records, code }: Trial,
  outcome: Pick<GuestOutcome, 'end' | 'message' | 'splats'>,
): Finding => {
  const said = records.map(suiteRecord).filter((record) => record !== null);
  const cases = said.flatMap((record) => (record.type === 'case' ? [record.result] : []));
  const failed = cases.filter(({ verdict }) => verdict === 'FAIL');
  const claimed = failed.find(({ id }) => caughtBy.includes(id)) ?? failed[0];
  if (claimed) return { ...fateBy(caughtBy, claimed.id), message: claimed.message };
  if (code === null) return judgeCut(caughtBy, said, outcome);
  if (code === NOT_LOADED) return { fate: 'error', case: null, message: 'the module does not load' };
  const bad = cases.find(({ verdict }) => verdict === 'ERROR' || verdict === 'MISS');
  if (bad) return { fate: 'error', case: bad.id, message: bad.message };
  const untried = caughtBy.find((id) => !cases.some((one) => one.id === id && one.verdict === 'PASS'));
  if (untried !== undefined || code !== 0)
    return {
      fate: 'error',
      case: untried ?? null,
      message: `${untried ?? 'the suite'} did not run; exit ${code}`,
    };
  return { fate: 'survived', case: null, message: null };
};

const fateBy = (caughtBy: readonly string[], id: string): Pick<Finding, 'fate' | 'case'> => ({
  fate: caughtBy.includes(id) ? 'caught' : 'caught-by-another',
  case: id,
});

// The guest ended in the middle: the case that ran then has brought it down.
const judgeCut = (
  caughtBy: readonly string[],
  said: readonly NonNullable<ReturnType<typeof suiteRecord>>[],
  { end, message, splats }: Pick<GuestOutcome, 'end' | 'message' | 'splats'>,
): Finding => {
  const last = said.findLast(({ type }) => type === 'start' || type === 'case');
  const why = splats[0]?.title ?? message;
  if (last?.type !== 'start' || end === 'killed') return { fate: 'error', case: null, message: why };
  return { ...fateBy(caughtBy, last.id), message: why };
};
