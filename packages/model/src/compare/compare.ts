// SPDX-License-Identifier: MIT
import { STAGES } from '../cell.js';
import type { CellResult, RunResult, StageResult } from '../result.js';
import { isGood, type Verdict } from '../verdict.js';
import { CHANGE_KINDS, type Change, isNewFailure } from './change.js';
import { flakeChanges } from './flakes.js';
import { changeKind, isJudged } from './judge.js';
import { type Leaf, leavesOf, stageFingerprint } from './leaves.js';
import { lookedFor } from './looked.js';
import { changesOnMachines } from './machines.js';
import { toldByDepth } from './other-depth.js';
import { type CellPair, pairCells } from './pair.js';

/**
 * What differs between two runs, what matters most first. Each difference is told once and as
 * closely as it is known: a stage only when none of its cases, checks, findings and splats says
 * more, a cell as a whole when there is nothing to compare it with. What was left out because of
 * a stage that is bad, as its reason says, is not told. Pure.
 *
 * @param before null when there is nothing to compare with: then all that fails is a new failure
 */
export const compareRuns = (
  before: Pick<RunResult, 'cells'> | null,
  after: Pick<RunResult, 'cells'>,
): readonly Change[] =>
  [
    ...pairCells(before?.cells ?? [], after.cells).flatMap((pair) => changesOnMachines(pair, cellChanges)),
    ...flakeChanges(before, after),
  ]
    .map((change, at) => ({ change, at }))
    .sort((a, b) => rank(a.change) - rank(b.change) || a.at - b.at)
    .map(({ change }) => change);

const rank = ({ kind }: Change): number => CHANGE_KINDS.indexOf(kind);

const cellChanges = (pair: CellPair): readonly Change[] => {
  const { before, after } = pair;
  const changes = STAGES.flatMap((name) => {
    const [then, now] = [before, after].map((cell) => cell?.stages.find(({ stage }) => stage === name));
    if (after && now && wasBlocked(now, after)) return [];
    return then || now ? stageChanges(then ?? null, now ?? null) : [];
  });
  const stages = toldByDepth(changes, pair);
  const known = before !== null && after !== null;
  const told = known ? stages : stages.filter(({ kind }) => kind === 'new-failure');
  const whole = known || told.length > 0 ? [] : wholeCell(before, after);
  const { key, verdict, stages: _, others: __, ...cell } = (after ?? before) as CellResult;
  return [...told, ...whole].map((change) => ({ ...change, cell }));
};

type Untold = Omit<Change, 'cell'>;
type Part = Untold & Pick<Leaf, 'said'>;

const wholeCell = (before: CellResult | null, after: CellResult | null): readonly Untold[] => {
  const verdictOf = (cell: CellResult | null) => (cell?.stages.some(anyJudged) ? cell.verdict : null);
  const [then, now] = [verdictOf(before), verdictOf(after)];
  const kind = then === null ? (now === null ? null : 'appeared') : 'disappeared';
  if (kind === null) return [];
  const title = 'the cell';
  return [
    { kind, stage: null, subject: WHOLE, title, before: then, after: now, reason: null, fingerprint: title },
  ];
};

const WHOLE = { type: 'whole' } as const;

// That a kernel's source is there says nothing of the series.
const anyJudged = ({ stage, verdict }: StageResult): boolean => stage !== 'source' && isJudged(verdict);

// The words are those of the pipeline: the reason of what needs a stage is that the stage `ended with FAIL`,
// and of what needs that in turn the same.
/** Whether a stage was left out because another of its cell is bad, as its reason says: that one is told. Pure. */
export const wasBlocked = ({ verdict, reason }: StageResult, { stages }: CellResult): boolean =>
  verdict === 'SKIP' &&
  stages.some((other) => !isGood(other.verdict) && reason === `${other.stage} ended with ${other.verdict}`);

/** What differs between two results of a stage. Pure. */
export const stageChanges = (
  before: StageResult | null,
  after: StageResult | null,
): readonly Omit<Change, 'cell'>[] => {
  const parts = after && isJudged(after.verdict) ? leafChanges(before, after) : [];
  const kind = stageKind(before, after);
  const told = parts
    .filter((part) => !isToldByCheck(part, after))
    .map(({ said: _, ...part }): Untold => part);
  if (kind === null) return told;
  if (isSaidBy(parts, kind, after)) return told;
  const { stage, reason } = (
    after?.verdict === 'PASS' ? (before ?? after) : (after ?? before)
  ) as StageResult;
  const whole: Untold = {
    ...{ kind, stage, subject: WHOLE, title: stage, reason },
    before: before?.verdict ?? null,
    after: after?.verdict ?? null,
    fingerprint: stageFingerprint({ stage, reason }),
  };
  return [whole, ...told];
};

/** Whether it is what a check had found that was not run this time: that is told of the check. */
const isToldByCheck = ({ kind, subject }: Part, after: StageResult | null): boolean =>
  kind === 'disappeared' &&
  subject.type === 'finding' &&
  (after?.checks ?? []).some(({ name, verdict }) => name === subject.tool && !isJudged(verdict));

/** Whether parts of a stage say all that there is to say of it. */
const isSaidBy = (parts: readonly Part[], kind: Change['kind'], after: StageResult | null): boolean => {
  // What failed and is not there any more is not known to be good.
  if (kind === 'fixed' && parts.some((part) => part.kind === 'disappeared' && part.before === 'FAIL'))
    return true;
  const alike = parts.filter((part) => SIGN[part.kind] === SIGN[kind]);
  if (!isNewFailure({ kind })) return alike.length > 0;
  // A failure that is known does not speak for one that is new, unless it is what the stage means.
  return alike.some((part) => isNewFailure(part) || part.said.every((text) => after?.reason?.includes(text)));
};

const SIGN: Readonly<Record<Change['kind'], 'worse' | 'better' | 'gone'>> = {
  regression: 'worse',
  'new-failure': 'worse',
  'still-failing': 'worse',
  flaky: 'better',
  disappeared: 'gone',
  fixed: 'better',
  appeared: 'better',
};

const stageKind = (before: StageResult | null, after: StageResult | null): Change['kind'] | null => {
  const kind = changeKind(before?.verdict ?? null, after?.verdict ?? null);
  const otherwise = before && after && stageFingerprint(before) !== stageFingerprint(after);
  return kind === 'still-failing' && otherwise ? 'new-failure' : kind;
};

const leafChanges = (before: StageResult | null, after: StageResult): readonly Part[] => {
  const comparable = before !== null && isJudged(before.verdict);
  const then = comparable ? leavesOf(before) : new Map<string, Leaf>();
  // Of a stage that was not judged before, only what fails is told.
  const now = leavesOf(after, !comparable);
  return [...new Set([...now.keys(), ...then.keys()])].flatMap((id) => {
    const [earlier, later] = [then.get(id), now.get(id)];
    const leaf = (later ?? earlier) as Leaf;
    const was = earlier?.verdict ?? (comparable ? absentIn(before, after, leaf) : null);
    const is = later?.verdict ?? (comparable ? absentIn(after, before, leaf) : null);
    const kind = changeKind(was, is);
    if (kind === null || (leaf.onlyBad && was !== 'FAIL' && is !== 'FAIL')) return [];
    // All parts of a stage that was not judged before appear with it, and a check with what it found.
    if (kind === 'appeared' && (!comparable || is !== 'PASS')) return [];
    const { subject, title, fingerprint, said } = kind === 'fixed' ? ((earlier ?? leaf) as Leaf) : leaf;
    const reason = (is === 'PASS' ? earlier : later)?.reason ?? leaf.reason;
    return [{ kind, stage: after.stage, subject, title, before: was, after: is, reason, fingerprint, said }];
  });
};

/** What is only there when it is bad is good where it was looked for; else nobody knows. */
const absentIn = (here: StageResult, there: StageResult, { subject, onlyBad }: Leaf): Verdict | null =>
  onlyBad && lookedFor(subject, here, there) ? 'PASS' : null;
