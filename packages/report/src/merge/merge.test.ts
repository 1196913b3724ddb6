// SPDX-License-Identifier: MIT
import { cellKey, type StageName, UserError, type Verdict, worstVerdict } from '@uio-msi/model';
import { describe, expect, it } from 'vitest';
import { badRun, cell, run, stage } from '../../testing/sample.js';
import { mergeRuns } from './merge.js';
import { readRunResult } from './read.js';

const one = (name: string, verdict: Verdict, kernel = '7.2.6') => ({
  ...run(verdict, [cell(verdict, [stage('build', { verdict })], kernel)]),
  run: name,
  content: 'c0ffee',
});

const merge = (...runs: ReturnType<typeof one>[]) =>
  mergeRuns(runs as [ReturnType<typeof one>], 'merged', './uio-msi report merge');

describe('mergeRuns', () => {
  it('puts the cells of several machines together', () => {
    const merged = merge(one('a', 'PASS'), {
      ...one('b', 'FAIL', '6.12.107'),
      started: '2026-11-22T08:00:00.000Z',
      seconds: 60,
    });
    expect(merged).toMatchObject({
      run: 'merged',
      verdict: 'FAIL',
      merged: ['a', 'b'],
      started: '2026-11-22T08:00:00.000Z',
    });
    expect(merged.cells.map(({ kernel, from }) => [kernel, from])).toEqual([
      ['7.2.6', 'a'],
      ['6.12.107', 'b'],
    ]);
    expect(merged.seconds).toBe(15 * 60 + 262.4);
  });

  it.each([
    [['PASS', 'FAIL'], 'b'],
    [['FAIL', 'ERROR'], 'a'],
    [['SKIP', 'PASS'], 'b'],
    [['PASS', 'PASS'], 'a'],
    [['MISS', 'ERROR'], 'b'],
    // What one could not judge, another did.
    [['ERROR', 'PASS'], 'b'],
    [['MISS', 'PASS'], 'b'],
    [['SKIP', 'MISS'], 'b'],
  ] as const)(
    'of %j of one cell shows FAIL, then what was judged, and keeps both',
    ([first, second], worst) => {
      const [only, ...none] = merge(one('a', first), one('b', second)).cells;
      expect(none).toEqual([]);
      expect(only?.from).toBe(worst);
      expect(only?.others?.map(({ from }) => from)).toEqual([worst === 'a' ? 'b' : 'a']);
    },
  );

  it('does not take what judged less for what judges all', () => {
    const of = (name: string, ...stages: readonly (readonly [StageName, Verdict])[]) => {
      const verdict = worstVerdict(stages.map(([, each]) => each));
      const made = stages.map(([stageName, each]) => stage(stageName, { verdict: each }));
      return { ...one(name, 'PASS'), verdict, cells: [cell(verdict, made)] } as ReturnType<typeof one>;
    };
    const cutOff = of('a', ['source', 'PASS'], ['build', 'PASS'], ['boot', 'ERROR']);
    const built = of('b', ['source', 'PASS'], ['build', 'PASS']);
    const whole = of('c', ['source', 'PASS'], ['build', 'PASS'], ['boot', 'PASS']);
    expect(merge(cutOff, built).verdict).toBe('ERROR');
    expect(merge(cutOff, built, whole).cells[0]).toMatchObject({ verdict: 'PASS', from: 'c' });
    expect(merge(merge(cutOff, built) as never, whole).verdict).toBe('PASS');
  });

  it('takes a cell of a family of compilers for what another has of a version', () => {
    const none = (name: string) => {
      const made = one(name, 'MISS');
      const cells = made.cells.map((of) => ({ ...of, toolchain: 'gcc' }));
      return { ...made, cells: cells.map((of) => ({ ...of, key: cellKey(of) })) };
    };
    expect(merge(none('a'), one('b', 'PASS')).cells).toMatchObject([
      { toolchain: 'gcc-12', verdict: 'PASS', others: [{ toolchain: 'gcc', verdict: 'MISS' }] },
    ]);
    expect(merge(none('a'), none('b')).cells).toHaveLength(1);
  });

  it('is whole when one of them is, and of chosen cells when all are', () => {
    const of = (name: string, chosen: boolean) => ({
      ...{ ...one(name, 'PASS'), tier: 'nightly' },
      ...(chosen && { chosen: true as const }),
    });
    expect(merge(of('a', true), of('b', false))).not.toHaveProperty('chosen');
    expect(merge(of('a', false), of('b', true))).not.toHaveProperty('chosen');
    expect(merge(of('a', true), of('b', true))).toHaveProperty('chosen', true);
  });

  it('takes one result twice, wherever its log is, and refuses two of one name that differ', () => {
    const moved = { ...one('a', 'PASS'), cells: [cell('PASS', [stage('build', { log: 'elsewhere' })])] };
    expect(merge(one('a', 'PASS'), moved).cells[0]).not.toHaveProperty('others');
    expect(() => merge(one('a', 'FAIL'), one('a', 'PASS'))).toThrow('two results are called a, and differ');
  });

  it('gives the same whether machines are merged at once or one after the other', () => {
    const [a, b, c] = [one('a', 'PASS'), one('b', 'FAIL'), one('c', 'ERROR', '6.12.107')];
    const steps = merge(merge(a, b) as never, c);
    expect(steps.cells).toEqual(merge(a, b, c).cells);
    expect(steps.merged).toEqual(['a', 'b', 'c']);
    expect(merge(steps as never, a).cells[0]?.others).toHaveLength(1);
  });

  it.each([
    [{ content: 'beef' }, /patches differ/],
    [{ series: 'other' }, /uio_msi and other/],
    [{ tier: 'weekly' }, /no tier and the tier weekly/],
    [{ content: undefined }, /older version/],
  ])('refuses what is not of the same content: %j', (changes, why) => {
    const refused = () => merge(one('a', 'PASS'), { ...one('b', 'PASS'), ...changes } as never);
    expect(refused).toThrow(UserError);
    expect(refused).toThrow(
      expect.objectContaining({ code: 'other-content', why: expect.stringMatching(why) }),
    );
  });
});

describe('readRunResult', () => {
  it('takes what --json wrote', () => {
    const merged = merge(one('a', 'PASS'), one('b', 'FAIL'));
    for (const result of [badRun(), merged])
      expect(readRunResult(JSON.stringify(result), 'x')).toEqual(result);
  });

  const [first] = badRun().cells;
  it.each([
    ['no JSON', '{"version": 1, "ru', /no JSON: /],
    ['what is nested without end', '['.repeat(200_000), /no JSON: /],
    ['a list', [], /no object/],
    ['another version', { ...badRun(), version: 2 }, /version is 2/],
    ['a name that leads elsewhere', { ...badRun(), run: '../x' }, /name/],
    ['a key that is another', { ...badRun(), cells: [{ ...first, key: 'x' }] }, /key/],
    [
      'a kernel that leads elsewhere',
      { ...badRun(), cells: [{ ...first, kernel: '../..', key: '../..-x86_64-gcc-12-minimal' }] },
      /key/,
    ],
    ['a verdict that nobody knows', { ...badRun(), cells: [{ ...first, verdict: 'GOOD' }] }, /verdict/],
    [
      'a stage that nobody knows',
      { ...badRun(), cells: [{ ...first, stages: [{ ...stage('boot'), stage: 'x' }] }] },
      /stages\[0\]\.stage is "x", none of source,/,
    ],
    [
      'bad others',
      { ...badRun(), cells: [{ ...first, others: [{}] }] },
      /cells\[0\]\.others\[0\]\.series is no text/,
    ],
    ['a day that never was', { ...badRun(), started: '2026-13-45T25:00:00Z' }, /never was/],
    ['a time that nobody can add to', { ...badRun(), seconds: 1e308 }, /seconds is no number from 0/],
    [
      'a name of another run that leads elsewhere',
      { ...badRun(), cells: [{ ...first, from: '../../x' }] },
      /from/,
    ],
    [
      'a cell twice',
      { ...badRun(), cells: [first, { ...first, verdict: 'PASS', stages: [stage('boot')] }] },
      /twice/,
    ],
    [
      'a failure in what is said to pass',
      { ...badRun(), cells: [{ ...first, verdict: 'PASS' }] },
      /is PASS, and the worst in it is FAIL/,
    ],
    ['a night that is said to have passed', { ...badRun(), verdict: 'PASS' }, /it is PASS/],
  ])('refuses %s', (_, value, why) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    expect(() => readRunResult(text, 'x')).toThrow(
      expect.objectContaining({ code: 'bad-result', why: expect.stringMatching(why) }),
    );
  });

  it.each(['findings', 'fixed', 'patches', 'checks', 'devices', 'cases', 'splats', 'attempts'])(
    'refuses %s that are damaged',
    (list) => {
      for (const damage of [5, [null], [{}]]) {
        const cell = { ...first, stages: [{ ...stage('boot'), [list]: damage }] };
        expect(() => readRunResult(JSON.stringify({ ...badRun(), cells: [cell] }), 'x')).toThrow(
          expect.objectContaining({ code: 'bad-result', why: expect.stringContaining(`stages[0].${list}`) }),
        );
      }
    },
  );
});
