// SPDX-License-Identifier: MIT
import type { RunResult } from '@uio-msi/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { badRun, caseResult, cell, checkResults, run, stage } from '../../testing/sample.js';
import { renderKtap } from './ktap.js';

const render = (given: RunResult): string => [...renderKtap(given)].join('');

interface Result {
  readonly ok: boolean;
  readonly name: string;
  readonly directive: string | null;
  readonly tests: readonly Result[];
}

// Reads it by the rules of Documentation/dev-tools/ktap.rst, and takes nothing else.
const parse = (lines: string[], depth: number): Result[] => {
  const pad = '  '.repeat(depth);
  const take = (): string => lines.shift() ?? '';
  expect(take()).toBe(`${pad}KTAP version 1`);
  const plan = new RegExp(`^${pad}1\\.\\.(\\d+)$`).exec(take())?.[1];
  const results: Result[] = [];
  while (results.length < Number(plan)) {
    const tests = lines[0] === `${pad}  KTAP version 1` ? parse(lines, depth + 1) : [];
    while (lines[0]?.startsWith(`${pad}# `)) expect(take()).not.toMatch(/^ *# Subtest:/);
    const [, no, number, name = '', directive = null] =
      new RegExp(`^${pad}(not )?ok (\\d+) ([^#]+?)(?: # (.*))?$`).exec(take()) ?? [];
    expect(number).toBe(String(results.length + 1));
    if (no === undefined) for (const test of tests) expect(test.ok).toBe(true);
    results.push({ ok: no === undefined, name, directive, tests });
  }
  return results;
};

const read = (text: string): Result[] => {
  expect(text.endsWith('\n')).toBe(true);
  const lines = text.slice(0, -1).split('\n');
  const results = parse(lines, 0);
  expect(lines).toEqual([]);
  return results;
};

it('nests cells, stages, checks and cases', () => {
  const [first, second] = read(render(badRun()));
  expect(first).toMatchObject({ ok: false, name: '7.2.6-x86_64-gcc-12-minimal' });
  const conform = first?.tests.at(-1);
  expect(conform?.tests.map(({ ok, name, directive }) => [ok, name, directive])).toEqual([
    [true, 'irq.replace on rocker/66', null],
    [false, 'irq.every on rocker/66', null],
    [true, 'arg.bad-pointer on rocker/66', 'SKIP no second mapping'],
  ]);
  expect(second?.tests.map(({ ok }) => ok)).toEqual([true, false, true]);
});

it('says what went wrong, and how to see it again, before the result', () => {
  const text = render(badRun());
  expect(text).toMatch(/# irq.every on rocker\/66: vector 65: expected 1 event.*\n +not ok 2 irq.every/);
  expect(text).toContain('# conform: again: ./uio-msi check --kernels 7.2.6 --stages conform');
});

it('tells the harness from the code, and fails with whatever is in it', () => {
  const stages = [
    stage('inspect', { checks: checkResults() }),
    stage('conform', { cases: [caseResult({ verdict: 'MISS', message: 'the guest was gone' })] }),
    stage('boot', { verdict: 'ERROR', reason: 'no QEMU' }),
  ];
  const [only] = read(render(run('ERROR', [cell('ERROR', stages)])));
  const [inspect, conform, boot] = only?.tests ?? [];
  expect(inspect).toMatchObject({
    ok: true,
    tests: [{ ok: true }, { ok: true }, { directive: 'SKIP rst2pseudoxml not installed' }],
  });
  expect(conform).toMatchObject({
    ok: false,
    tests: [{ directive: 'ERROR it never ran: the guest was gone' }],
  });
  expect(boot).toMatchObject({ ok: false, directive: 'ERROR no QEMU' });
});

it('is valid whatever is in it, and no failure becomes a skip', () => {
  const evil = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('# SKIP', '\nok 1 x', 'SKIP all', 'KTAP version 1\n1..0', 'Subtest: x'),
  );
  fc.assert(
    fc.property(evil, (text) => {
      const bad = caseResult({ id: text, device: text, verdict: 'FAIL', message: text });
      const stages = [stage('conform', { verdict: 'FAIL', reason: text, reproduce: text, cases: [bad] })];
      const [only] = read(render(run('FAIL', [{ ...cell('FAIL', stages), key: text }])));
      expect(only).toMatchObject({
        ok: false,
        tests: [{ ok: false, directive: null, tests: [{ ok: false, directive: null }] }],
      });
    }),
  );
});

it('says of a cell how it failed on another machine, and on which of several devices', () => {
  const on = (bdf: string) =>
    cell('FAIL', [
      stage('conform', {
        ...{ verdict: 'FAIL', reason: `irq.replace at ${bdf}` },
        cases: ['02.0', '03.0'].map((at) => caseResult({ bdf: at, verdict: at === bdf ? 'FAIL' : 'PASS' })),
      }),
    ]);
  const merged = { ...on('02.0'), others: [{ ...on('03.0'), from: 'run-b' }] };
  const [only] = read(render(run('FAIL', [merged])));
  expect(only?.tests[0]?.tests.map(({ ok, name }) => [ok, name])).toEqual([
    [false, 'irq.replace on rocker/66 at 02.0'],
    [false, 'irq.replace on rocker/66 at 03.0'],
  ]);
  expect(render(run('FAIL', [merged]))).toContain('in run-b');
});
