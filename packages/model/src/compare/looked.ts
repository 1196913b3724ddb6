// SPDX-License-Identifier: MIT
import { type CheckResult, caseIdentity, type StageResult } from '../result.js';
import { isGood } from '../verdict.js';
import type { Subject } from './change.js';
import { isJudged } from './judge.js';

/**
 * Whether a stage that was judged came to its end. One that fails stops there; but those that look
 * with every tool, whatever the others find, and a build that handed on what it made.
 */
export const cameToEnd = ({ stage, verdict, outputs }: StageResult): boolean => {
  if (verdict !== 'FAIL' || stage === 'check' || stage === 'inspect') return true;
  return stage === 'build' && Object.keys(outputs).length > 0;
};

/** Whether a case or a check was to be run and was not: what was left out on purpose is not missed. */
export const isMissed = ({ verdict }: Pick<CheckResult, 'verdict'>): boolean =>
  verdict === 'MISS' || verdict === 'ERROR';

/** Whether a stage that was judged may not have looked at all that it was to look at. Pure. */
export const mayHaveMissed = (result: StageResult): boolean =>
  !cameToEnd(result) || (result.checks ?? []).some(isMissed);

/**
 * Whether a result that has not a finding or a splat would have it if it were there: whether its
 * tool looked, or the guest got to where it is. Pure.
 *
 * @param here judged, and without it
 * @param there judged, and with it
 */
export const lookedFor = (subject: Subject, here: StageResult, there: StageResult): boolean =>
  subject.type === 'finding' ? lookedWith(subject.tool, here, there) : gotAsFar(here, there);

const lookedWith = (tool: string, here: StageResult, there: StageResult): boolean => {
  const own = here.checks?.find(({ name }) => name === tool);
  if (own === undefined) return !mayHaveMissed(here);
  const other = there.checks?.find(({ name }) => name === tool);
  return isJudged(own.verdict) && [null, leftOut(other)].includes(leftOut(own));
};

// `found 2; without api/x.cocci, which needs OCaml`: the words are those of packages/checks.
const leftOut = (check: CheckResult | undefined): string | null =>
  /(?:^|; )without (.*)$/.exec(check?.reason ?? '')?.[1] ?? null;

/**
 * Whether a guest judged all cases that another judged, and was not cut off in one of them: what it
 * is cut off in fails, and is the last of its device.
 */
const gotAsFar = (here: StageResult, there: StageResult): boolean => {
  if (cameToEnd(here)) return true;
  const cases = here.cases ?? [];
  const judged = new Set(cases.filter(({ verdict }) => isJudged(verdict)).map(caseIdentity));
  const last = new Map(cases.map((one) => [caseIdentity({ ...one, id: '' }), one]));
  return (
    cases.length > 0 &&
    (there.cases ?? []).every((one) => !isJudged(one.verdict) || judged.has(caseIdentity(one))) &&
    [...last.values()].every(({ verdict }) => isGood(verdict))
  );
};
