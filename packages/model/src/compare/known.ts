// SPDX-License-Identifier: MIT
import { caseIdentity, type StageResult } from '../result.js';
import type { Verdict } from '../verdict.js';
import { stageChanges } from './compare.js';
import { isJudged } from './judge.js';
import { findingLeaf, splatLeaf } from './leaves.js';
import { isMissed, lookedFor, mayHaveMissed } from './looked.js';

/**
 * What is known of a stage of a cell: its last result; of what that did not look at, what was known
 * before. Pure.
 *
 * @param results all judged, newest first
 */
export const knownOf = (results: readonly [StageResult, ...StageResult[]]): StageResult =>
  results.reduceRight((older, last) => completed(last, older));

/**
 * Whether older results may know what these do not: there is none, or none that looked at
 * everything and there is something to tell. Pure.
 *
 * @param results all judged, newest first
 * @param now what is compared with them
 */
export const isLacking = (results: readonly StageResult[], now: StageResult): boolean => {
  const [last, ...others] = results;
  if (last === undefined) return true;
  if (results.some((result) => !mayHaveMissed(result))) return false;
  return stageChanges(knownOf([last, ...others]), now).some(({ kind }) => kind !== 'still-failing');
};

const completed = (last: StageResult, older: StageResult): StageResult => {
  if (!mayHaveMissed(last)) return last;
  const found = new Set(last.findings.map((finding) => findingLeaf(last.stage, finding).id));
  const findings = older.findings.filter((finding) => {
    const { id, subject } = findingLeaf(older.stage, finding);
    return !found.has(id) && !lookedFor(subject, last, older);
  });
  const splats = (older.splats ?? []).filter(
    (splat) => !lookedFor(splatLeaf(older.stage, splat).subject, last, older),
  );
  return {
    ...last,
    findings: [...last.findings, ...findings],
    ...(last.checks && { checks: together(last.checks, older.checks, ({ name }) => name) }),
    ...(older.cases && { cases: together(last.cases, older.cases, caseIdentity) }),
    ...(older.splats && { splats: [...(last.splats ?? []), ...splats] }),
  };
};

/** What was last known of each: of what was not run, what was judged before. */
const together = <T extends { readonly verdict: Verdict }>(
  last: readonly T[] = [],
  older: readonly T[] = [],
  idOf: (one: T) => string,
): readonly T[] => {
  const run = new Set(last.filter((one) => !isMissed(one)).map(idOf));
  const better = older.filter((one) => isJudged(one.verdict) && !run.has(idOf(one)));
  const known = new Set(better.map(idOf));
  return [...last.filter((one) => !known.has(idOf(one))), ...better];
};
