// SPDX-License-Identifier: MIT
import {
  type CellResult,
  caseIdentity,
  findingIdentity,
  STAGES,
  type StageName,
  type StageResult,
  splatFingerprint,
  type Verdict,
  withoutNumbers,
} from '@uio-msi/model';

/**
 * A cell with what failed in it on other machines, for what has one place for a cell. What failed
 * in the same way counts once; what failed otherwise is said with the run that it is from. Pure.
 */
export const withFailuresElsewhere = (cell: CellResult): CellResult => {
  const failing = (cell.others ?? []).filter(({ verdict }) => verdict === 'FAIL');
  if (failing.length === 0) return cell;
  const stages = STAGES.flatMap((name) => {
    const own = stageOf(cell, name);
    const all = failing.reduce(
      (stage, other) => together(stage, stageOf(other, name), other.from ?? ''),
      own,
    );
    return all ? [all] : [];
  });
  return { ...cell, stages };
};

const stageOf = ({ stages }: CellResult, name: StageName): StageResult | undefined =>
  stages.find(({ stage }) => stage === name);

const together = (
  own: StageResult | undefined,
  other: StageResult | undefined,
  from: string,
): StageResult | undefined => {
  if (other?.verdict !== 'FAIL') return own;
  const reason = own?.verdict === 'FAIL' ? own.reason : null;
  const said = { ...other, reason: both(reason, other.reason, from) };
  if (own?.verdict !== 'FAIL') return said;
  return {
    ...own,
    reason: said.reason,
    findings: united(own.findings, other.findings, findingIdentity),
    splats: united(own.splats ?? [], other.splats ?? [], splatFingerprint),
    ...(own.cases && {
      cases: failed(own.cases, other.cases ?? [], caseIdentity, (mine, one) => ({
        ...one,
        message: both(mine?.message ?? null, one.message, from),
      })),
    }),
    ...(own.checks && {
      checks: failed(own.checks, other.checks ?? [], nameOf, (mine, one) => ({
        ...one,
        reason: both(mine?.reason ?? null, one.reason, from),
      })),
    }),
  };
};

const nameOf = ({ name }: { readonly name: string }): string => name;

const both = (own: string | null, other: string | null, from: string): string | null => {
  if (own !== null && withoutNumbers(own).includes(withoutNumbers(other ?? ''))) return own;
  return [own, `in ${from}: ${other}`].filter((text) => text !== null).join('; ');
};

const united = <T>(own: readonly T[], other: readonly T[], idOf: (one: T) => string): readonly T[] => {
  const known = new Set(own.map(idOf));
  return [...own, ...other.filter((one) => !known.has(idOf(one)))];
};

/** What is there, with what failed elsewhere in its place. */
const failed = <T extends { readonly verdict: Verdict }>(
  own: readonly T[],
  other: readonly T[],
  idOf: (one: T) => string,
  say: (mine: T | null, one: T) => T,
): readonly T[] => {
  const bad = new Map(other.filter(({ verdict }) => verdict === 'FAIL').map((one) => [idOf(one), one]));
  const placed = own.map((mine) => {
    const one = bad.get(idOf(mine));
    bad.delete(idOf(mine));
    return one ? say(mine.verdict === 'FAIL' ? mine : null, one) : mine;
  });
  return [...placed, ...[...bad.values()].map((one) => say(null, one))];
};
