// SPDX-License-Identifier: MIT
import { assert, constantFrom, property, record, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellResult, stageResult } from '../../test/runs.js';
import type { CaseResult, CellResult, Splat } from '../result.js';
import { VERDICTS, type Verdict } from '../verdict.js';
import { compareRuns } from './compare.js';

const told = (before: readonly CellResult[] | null, after: readonly CellResult[]) =>
  compareRuns(before && { cells: before }, { cells: after }).map(({ kind, stage, title }) => [
    ...[kind, stage, title],
  ]);
const build = (verdict: Verdict, reason: string | null = null) => [
  cellResult([stageResult('build', verdict, { reason })]),
];

describe('a stage', () => {
  it.each([
    ['PASS', 'PASS', null],
    ['PASS', 'FAIL', 'regression'],
    ['PASS', 'ERROR', 'disappeared'],
    ['PASS', 'SKIP', 'disappeared'],
    ['FAIL', 'PASS', 'fixed'],
    ['FAIL', 'FAIL', 'still-failing'],
    ['FAIL', 'MISS', 'disappeared'],
    ['MISS', 'FAIL', 'new-failure'],
    ['ERROR', 'PASS', 'appeared'],
    ['MISS', 'ERROR', null],
  ] as const)('from %s to %s: %s', (before, after, kind) => {
    expect(told(build(before), build(after))).toEqual(kind === null ? [] : [[kind, 'build', 'build']]);
  });

  it('that fails otherwise is a new failure, wherever the line is', () => {
    const error = (text: string) => build('FAIL', text);
    expect(told(error('a.c:12: oh'), error('a.c:14: oh'))).toEqual([['still-failing', 'build', 'build']]);
    expect(told(error('a.c:12: oh'), error('b.c:12: oh'))).toEqual([['new-failure', 'build', 'build']]);
  });

  it('that was left out because of a failure before it is not told', () => {
    const good = [cellResult([stageResult('apply', 'PASS'), stageResult('build', 'PASS')])];
    const blocked = stageResult('build', 'SKIP', { reason: 'apply ended with FAIL' });
    const bad = [cellResult([stageResult('apply', 'FAIL'), blocked])];
    expect(told(good, bad)).toEqual([['regression', 'apply', 'apply']]);
    const other = [cellResult([stageResult('apply', 'FAIL'), stageResult('build', 'SKIP')])];
    expect(told(good, other)).toContainEqual(['disappeared', 'build', 'build']);
    const left = [cellResult([stageResult('apply', 'PASS'), stageResult('build', 'SKIP')])];
    expect(told(good, left)).toEqual([['disappeared', 'build', 'build']]);
  });
});

it('a prefix that breaks is told of that prefix, and of no other', () => {
  const cells = (second: Verdict, ...order: readonly (number | undefined)[]) =>
    order.map((prefix) => {
      const verdict = prefix === 1 ? 'FAIL' : prefix === 2 ? second : 'PASS';
      return cellResult([stageResult('build', verdict)], { prefix });
    });
  const before = { cells: cells('PASS', 1, undefined, 2) };
  const changes = compareRuns(before, { cells: cells('FAIL', undefined, 1, 2) });
  expect(changes.map(({ kind, cell }) => [kind, cell.prefix]).sort()).toEqual([
    ['regression', 2],
    ['still-failing', 1],
  ]);
});

const oneCase = (id: string, verdict: Verdict, device = 'rocker'): CaseResult => ({
  ...{ id, title: id, clauses: [], device, vectors: 4, verdict, seconds: 1, log: null },
  message: verdict === 'PASS' ? null : 'got 3 of 4',
});
const conform = (...cases: readonly CaseResult[]) => {
  const verdict = cases.some((one) => one.verdict === 'FAIL') ? 'FAIL' : 'PASS';
  return [cellResult([stageResult('conform', verdict, { cases })])];
};

describe('parts of a stage', () => {
  it('that fail as before do not speak for what is new in it', () => {
    const failing = (reason: string, ...cases: readonly CaseResult[]) => [
      cellResult([stageResult('conform', 'FAIL', { reason, cases })]),
    ];
    const known = 'a on rocker: got 3 of 4';
    const before = failing(known, oneCase('a', 'FAIL'));
    expect(told(before, failing('panic: the guest is gone', oneCase('a', 'FAIL')))).toEqual([
      ['new-failure', 'conform', 'conform'],
      ['still-failing', 'conform', 'a on rocker'],
    ]);
    const two = failing(`${known} (and 1 more)`, oneCase('a', 'FAIL'), oneCase('b', 'FAIL'));
    expect(told(before, two)).toEqual([
      ['new-failure', 'conform', 'b on rocker'],
      ['still-failing', 'conform', 'a on rocker'],
    ]);
    // The first of two is fixed: the reason is the other's now, and that is known.
    const second = failing('b on rocker: got 3 of 4', oneCase('a', 'PASS'), oneCase('b', 'FAIL'));
    expect(told(two, second)).toEqual([
      ['still-failing', 'conform', 'b on rocker'],
      ['fixed', 'conform', 'a on rocker'],
    ]);
  });

  it('that failed and are not there any more are not fixed', () => {
    const before = conform(oneCase('a', 'PASS'), oneCase('b', 'FAIL'));
    expect(told(before, conform(oneCase('a', 'PASS')))).toEqual([['disappeared', 'conform', 'b on rocker']]);
    expect(told(before, conform(oneCase('a', 'PASS'), oneCase('b', 'SKIP')))).toEqual([
      ['disappeared', 'conform', 'b on rocker'],
    ]);
  });

  it('speak for it', () => {
    const before = conform(oneCase('a', 'PASS'), oneCase('b', 'FAIL'), oneCase('c', 'PASS'));
    const after = conform(oneCase('a', 'FAIL'), oneCase('b', 'PASS'), oneCase('d', 'PASS'));
    expect(told(before, after)).toEqual([
      ['regression', 'conform', 'a on rocker'],
      ['disappeared', 'conform', 'c on rocker'],
      ['fixed', 'conform', 'b on rocker'],
      ['appeared', 'conform', 'd on rocker'],
    ]);
  });

  it('are told apart on each of several devices of one kind, and are the worst of what two machines say', () => {
    const on = (vectors: number, verdict: Verdict, bdf: string) => ({
      ...oneCase('a', verdict),
      ...{ vectors, bdf },
    });
    const good = conform(on(66, 'PASS', '02.0'), on(4, 'PASS', '03.0'), on(4, 'PASS', '04.0'));
    const bad = conform(on(66, 'FAIL', '02.0'), on(4, 'PASS', '03.0'), on(4, 'PASS', '04.0'));
    expect(told(good, bad)).toEqual([['regression', 'conform', 'a on rocker/66 02.0']]);
    const twin = conform(on(4, 'PASS', '03.0'), on(4, 'FAIL', '04.0'));
    expect(told(good, twin)).toContainEqual(['regression', 'conform', 'a on rocker/4 04.0']);
    const twice = conform(on(66, 'PASS', '02.0'), on(66, 'FAIL', '02.0'), on(66, 'PASS', '02.0'));
    expect(told(conform(on(66, 'PASS', '02.0')), twice)).toEqual([['regression', 'conform', 'a on rocker']]);
  });

  it('appear with it, but those that fail', () => {
    const none = [cellResult([stageResult('conform', 'SKIP')])];
    expect(told(none, conform(oneCase('a', 'PASS')))).toEqual([['appeared', 'conform', 'conform']]);
    expect(told(none, conform(oneCase('a', 'PASS'), oneCase('b', 'FAIL')))).toEqual([
      ['new-failure', 'conform', 'b on rocker'],
    ]);
  });

  it('disappear with it', () => {
    const gone = [cellResult([stageResult('conform', 'ERROR')])];
    expect(told(conform(oneCase('a', 'PASS')), gone)).toEqual([['disappeared', 'conform', 'conform']]);
  });

  it('of which some are there only when they are bad', () => {
    const found = (...messages: readonly string[]) => [
      cellResult([
        stageResult('inspect', messages.length > 0 ? 'FAIL' : 'PASS', {
          findings: messages.map((message, line) => ({
            ...{ tool: 'sparse', kind: '', severity: 'warning', file: 'a.c', line, message },
          })),
        }),
      ]),
    ];
    expect(told(found('x', 'y'), found('z', 'y'))).toEqual([
      ['regression', 'inspect', 'a.c: z'],
      ['still-failing', 'inspect', 'a.c: y'],
      ['fixed', 'inspect', 'a.c: x'],
    ]);
    expect(told(found('x'), found())).toEqual([['fixed', 'inspect', 'a.c: x']]);
    expect(told(null, found('x'))).toEqual([['new-failure', 'inspect', 'a.c: x']]);
  });

  it('of which a splat is known by its functions, not by its addresses', () => {
    const crash = (offset: string, by: string): Splat => ({
      kind: 'oops',
      title: `BUG: unable to handle page fault for address: ffff${offset}`,
      text: `BUG\n[  1.${offset}] Call Trace:\n[  1.2]  ${by}+0x${offset}/0x340 [uio_msi]\n[  1.2]  ? noise+0x1/0x2`,
    });
    const ran = [oneCase('a', 'PASS')];
    const suite = (splat: Splat) => [
      cellResult([stageResult('conform', 'FAIL', { splats: [splat], cases: ran })]),
    ];
    const kinds = (before: Splat, after: Splat) => told(suite(before), suite(after)).map(([kind]) => kind);
    expect(kinds(crash('12ab', 'ioctl'), crash('34cd', 'ioctl'))).toEqual(['still-failing']);
    expect(kinds(crash('12ab', 'ioctl'), crash('12ab', 'mmap'))).toEqual(['regression', 'fixed']);
  });
});

describe('a cell', () => {
  const passed = (kernel: string, line = '9.1') =>
    cellResult([stageResult('source', 'PASS'), stageResult('build', 'PASS')], { kernel, line });

  it('goes on with the next version of its line, and is told once when it comes or goes', () => {
    expect(told([passed('9.1.0')], [passed('9.1.1')])).toEqual([]);
    expect(told([passed('9.1.0')], [passed('9.2.0', '9.2')])).toEqual([
      ['disappeared', null, 'the cell'],
      ['appeared', null, 'the cell'],
    ]);
  });

  it('is paired with its own version when both are there', () => {
    const bad = cellResult([stageResult('build', 'FAIL')], { kernel: '9.1.1' });
    expect(told([passed('9.1.0'), bad], [bad, passed('9.1.0')]).map(([kind]) => kind)).toEqual([
      'still-failing',
    ]);
  });

  it('goes on with the next version of its compiler, but not when both are there', () => {
    const by = (toolchain: string, verdict: Verdict = 'PASS') =>
      cellResult([stageResult('build', verdict)], { toolchain });
    expect(told([by('gcc-12')], [by('gcc-14')])).toEqual([]);
    expect(told([by('gcc-12')], [by('gcc-14', 'FAIL')])).toEqual([['regression', 'build', 'build']]);
    expect(told([by('gcc-12')], [by('clang-14')])).toHaveLength(2);
    expect(told([by('clang-14')], [by('clang-19', 'FAIL'), by('clang-14')])).toEqual([
      ['new-failure', 'build', 'build'],
    ]);
  });

  it('does not appear when nothing of it was judged', () => {
    const gone = cellResult([stageResult('source', 'MISS'), stageResult('build', 'SKIP')]);
    expect(told(null, [gone])).toEqual([]);
    expect(told([gone], [passed('9.1.0')])).toEqual([
      ['appeared', 'source', 'source'],
      ['appeared', 'build', 'build'],
    ]);
  });
});

const anyRun = uniqueArray(
  record({
    kernel: constantFrom('9.1.0', '9.1.1', '8.0.1'),
    config: constantFrom('minimal', 'debug'),
    build: constantFrom(...VERDICTS),
    a: constantFrom(...VERDICTS),
  }),
  { selector: ({ kernel, config }) => `${kernel} ${config}` },
).map((cells) => ({
  cells: cells.map(({ kernel, config, build: built, a }) =>
    cellResult([stageResult('build', built), stageResult('conform', a, { cases: [oneCase('a', a)] })], {
      kernel,
      config,
      line: kernel.slice(0, 3),
    }),
  ),
}));

it('the same run again has nothing new, and without one before it all is', () => {
  assert(
    property(anyRun, (run) => {
      for (const { kind } of compareRuns(run, run)) expect(kind).toBe('still-failing');
      for (const { kind } of compareRuns(null, run)) expect(['new-failure', 'appeared']).toContain(kind);
    }),
  );
});

it('what got worse one way got better the other, and nothing is told twice', () => {
  const opposite = { regression: 'fixed', fixed: 'regression' } as const;
  assert(
    property(anyRun, anyRun, (before, after) => {
      const back = compareRuns(after, before);
      const there = compareRuns(before, after);
      for (const { kind, stage, cell } of there) {
        if (kind !== 'regression' && kind !== 'fixed') continue;
        const same = back.filter((one) => one.stage === stage && one.cell.line === cell.line);
        expect(same.map((one) => one.kind)).toContain(opposite[kind]);
      }
      const told = there.map(({ cell, stage, title, kind }) => JSON.stringify([cell, stage, title, kind]));
      expect(new Set(told).size).toBe(told.length);
    }),
  );
});
