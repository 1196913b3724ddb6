// SPDX-License-Identifier: MIT
import { type Arbitrary, assert, constantFrom, nat, option, property, record, subarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASES, CHECKS, type Look, nightOf, type Truth, WHOLE } from '../../test/nights.js';
import { cellResult, stageResult } from '../../test/runs.js';
import type { StageResult } from '../result.js';
import type { Change } from './change.js';
import { compareRuns } from './compare.js';
import { isJudged } from './judge.js';
import { isLacking, knownOf } from './known.js';

const anyTruth: Arbitrary<Truth> = record({
  warnings: subarray(['v', 'w']),
  findings: subarray(['sparse x', 'sparse y', 'kernel-doc x']),
  cases: subarray(CASES),
  splats: subarray(CASES),
  boots: constantFrom(true, false),
});

const anyLook: Arbitrary<Look> = record({
  error: option(subarray(['v', 'w'])),
  missing: subarray(CHECKS),
  cut: option(nat(2)),
  hangsInBoot: constantFrom(true, false),
});

type Night = readonly StageResult[];
const changes = (before: Night, after: Night) =>
  compareRuns({ cells: [cellResult(before)] }, { cells: [cellResult(after)] });

/** What is known by nights of which the newest is the first, as far as it matters for another. */
const known = (nights: readonly Night[], now: Night): Night =>
  now.flatMap((after) => {
    const results: StageResult[] = [];
    for (const night of nights) {
      const result = night.find(({ stage, verdict }) => stage === after.stage && isJudged(verdict));
      if (result && isLacking(results, after)) results.push(result);
    }
    const [last, ...others] = results;
    return last ? [knownOf([last, ...others])] : [];
  });

/** Whether a night that looked so has seen what a change is about, and whether that was bad. */
const seen = ({ stage, subject, title }: Change, truth: Truth, look: Look): 'bad' | 'good' | null => {
  const judged = (looked: boolean, bad: boolean) => (looked ? (bad ? 'bad' : 'good') : null);
  if (subject.type === 'case') {
    const at = CASES.indexOf(subject.id);
    return judged(at <= (look.cut ?? 3), truth.cases.includes(subject.id) || at === look.cut);
  }
  const message = title.replace('a.c: ', '');
  if (message === 'undeclared') return look.error === null ? 'good' : 'bad';
  if (stage === 'build') return judged(look.error === null, truth.warnings.includes(message));
  if (subject.type === 'finding')
    return judged(
      !look.missing.includes(subject.tool),
      truth.findings.includes(`${subject.tool} ${message}`),
    );
  if (stage === 'boot') return judged(!look.hangsInBoot, !truth.boots);
  const where = title.replace('BUG: KASAN in ', '');
  return judged(CASES.indexOf(where) < (look.cut ?? 3), truth.splats.includes(where));
};

const isPart = ({ subject }: Change): boolean => subject.type !== 'whole' && subject.type !== 'check';

it('nothing is fixed that was not looked at, and nothing a regression that was not looked at before', () => {
  assert(
    property(anyTruth, anyLook, anyTruth, anyLook, (before, lookedBefore, after, looked) => {
      const told = changes(nightOf(before, lookedBefore), nightOf(after, looked)).filter(isPart);
      for (const change of told) {
        if (change.kind === 'fixed') expect(seen(change, after, looked)).toBe('good');
        if (change.kind === 'regression') expect(seen(change, before, lookedBefore)).toBe('good');
      }
    }),
  );
});

it('a night that did not look at everything changes nothing: as before it, nothing is told after it', () => {
  assert(
    property(anyTruth, anyLook, anyLook, (truth, first, second) => {
      const whole = nightOf(truth, WHOLE);
      const [one, other] = [nightOf(truth, first), nightOf(truth, second)];
      for (const nights of [
        [one, whole],
        [other, one, whole],
      ]) {
        for (const change of changes(known(nights, whole), whole)) {
          // What a spoiled night said itself is over: it hung, or did not compile.
          const own = change.kind === 'fixed' && !told(whole).includes(change.title);
          expect(own || change.kind === 'still-failing', JSON.stringify(change)).toBe(true);
        }
      }
    }),
  );
});

const told = (night: Night): readonly string[] =>
  compareRuns(null, { cells: [cellResult(night)] }).map(({ title }) => title);

it('what got good behind a night that did not look is fixed, and what failed behind it a failure', () => {
  assert(
    property(anyTruth, anyTruth, anyLook, (before, after, look) => {
      const [first, last] = [nightOf(before, WHOLE), nightOf(after, WHOLE)];
      const directly = changes(first, last).filter(isPart);
      const behind = changes(known([nightOf(before, look), first], last), last).filter(isPart);
      for (const { kind, title, subject } of directly) {
        const same = behind.filter((one) => one.title === title).map((one) => one.kind);
        const failure = ['regression', 'new-failure', 'still-failing'];
        const kinds: readonly string[] | undefined = {
          ...{ regression: failure, 'new-failure': failure, 'still-failing': failure },
          // A guest that fails otherwise than the last is not known to have got as far.
          fixed: subject.type === 'splat' ? ['fixed', 'disappeared'] : ['fixed'],
        }[kind as string];
        // What disappeared may have been seen to be gone in between.
        if (kinds === undefined) continue;
        expect(
          same.some((one) => kinds.includes(one)),
          `${kind} ${title}: ${same}`,
        ).toBe(true);
      }
    }),
  );
});

describe('what is known of a stage', () => {
  const outputs = { artefacts: 'here' };

  it('is what it gave last, when it looked at everything', () => {
    const [last, older] = [stageResult('build', 'PASS'), stageResult('build', 'FAIL', { outputs })];
    expect(knownOf([last, older])).toBe(last);
    expect(isLacking([last], stageResult('build', 'FAIL'))).toBe(false);
  });

  it('is not what was there before, where it was looked for and is gone', () => {
    const truth = (findings: readonly string[], splats: readonly string[]): Truth => ({
      ...{ warnings: [], cases: ['a'], boots: true },
      ...{ findings: ['kernel-doc x', ...findings], splats },
    });
    const bad = nightOf(truth(['kernel-doc y'], ['b']), WHOLE);
    const better = nightOf(truth([], []), { ...WHOLE, missing: ['sparse'] });
    const news = changes(known([better, bad], bad), bad).filter(({ kind }) => kind === 'regression');
    expect(news.map(({ title }) => title).sort()).toEqual(['BUG: KASAN in b', 'a.c: y']);
  });

  it('is looked for in older results only when there is something to tell', () => {
    const broken = stageResult('build', 'FAIL', { reason: 'undeclared' });
    expect(isLacking([], broken)).toBe(true);
    expect(isLacking([broken], broken)).toBe(false);
    expect(isLacking([broken], stageResult('build', 'PASS'))).toBe(true);
    expect(isLacking([broken, stageResult('build', 'PASS')], stageResult('build', 'PASS'))).toBe(false);
  });
});
