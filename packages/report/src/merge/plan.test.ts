// SPDX-License-Identifier: MIT
import { cellKey } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { cell, run } from '../../testing/sample.js';
import { readPlan, withUnreported } from './plan.js';

const CELLS = ['7.2.6/x86_64/gcc/minimal', '6.12.107/x86_64/clang-19/debug'];
const GITHUB = { include: [{ name: 'shard 1 of 2', cells: CELLS.join(',') }] };
const GITLAB = { cell: { parallel: { matrix: [{ NAME: 'shard 1 of 2', CELLS: CELLS.join(',') }] } } };
const plan = (...cells: readonly string[]) => ({
  chosen: false,
  squares: cells.map((one) => ({ shard: 'shard 1 of 2', cell: one })),
});
const PLAN = plan(...CELLS);

it.each([
  ['GitHub', GITHUB],
  ['GitLab', GITLAB],
  [
    'GitLab, with many for a job',
    {
      variables: { CELLS_1: CELLS.join(',') },
      cell: { parallel: { matrix: [{ NAME: 'shard 1 of 2', CELLS: '$CELLS_1' }] } },
    },
  ],
])('reads what jobs of %s were given', (_, printed) => {
  expect(readPlan(JSON.stringify(printed), 'plan.json')).toEqual(PLAN);
});

it('reads prefixes together as the cells that they are, and misses those that nobody reported', () => {
  const printed = { include: [{ name: 'prefixes', cells: `${CELLS[0]}/first1-3` }] };
  const prefixes = readPlan(JSON.stringify(printed), 'plan.json');
  expect(prefixes.squares.map((one) => one.cell)).toEqual([1, 2, 3].map((n) => `${CELLS[0]}/first${n}`));
  const whole = cell('PASS', []);
  const second = { ...whole, prefix: 2, key: cellKey({ ...whole, prefix: 2 }) };
  const merged = withUnreported(run('PASS', [whole, second]), prefixes);
  expect(merged.cells.slice(2)).toMatchObject(
    [1, 3].map((prefix) => ({
      prefix,
      key: `${whole.key}-first${prefix}`.replace('gcc-12', 'gcc'),
      verdict: 'MISS',
    })),
  );
});

it.each([
  '',
  '[]',
  '{"include":[]}',
  '{"include":[{"name":"a","cells":"../../etc"}]}',
  '{"include":7}',
  '{"include":[{"name":"a","cells":"7.2.6/x86_64/gcc/minimal/first3-1"}]}',
  '{"cell":{"parallel":{"matrix":[{"NAME":"a","CELLS":"$CELLS_9"}]}}}',
])('refuses %j', (text) => expect(() => readPlan(text, 'plan.json')).toThrow('plan.json is no plan of jobs'));

it('misses what a job that died was to run, names the job, and leaves the rest as it is', () => {
  const reported = run('PASS', [cell('PASS', [])]);
  const whole = withUnreported(reported, PLAN);
  expect(whole.verdict).toBe('MISS');
  expect(whole.cells[0]).toBe(reported.cells[0]);
  expect(whole.cells.slice(1)).toMatchObject([
    {
      ...{ line: '6.12', kernel: '6.12.107', toolchain: 'clang-19', config: 'debug', verdict: 'MISS' },
      stages: [{ verdict: 'MISS', reason: 'the job "shard 1 of 2" reported nothing of it' }],
    },
  ]);
  expect(withUnreported(reported, plan(...CELLS.slice(0, 1)))).toEqual(reported);
});

it.each([
  ['next-20261120', 'next'],
  ['7.3-rc2', 'mainline'],
  ['7.3', '7.3'],
  ['7.2.7', '7.2'],
])('misses %s of the line %s', (kernel, line) => {
  const printed = JSON.stringify({ include: [{ name: 'a', cells: `${kernel}/x86_64/gcc/minimal` }] });
  const whole = withUnreported(run('PASS', [cell('PASS', [])]), readPlan(printed, 'plan.json'));
  expect(whole.cells[1]).toMatchObject({ kernel, line, verdict: 'MISS' });
});

it('misses what is of the line that others of its kernel are of', () => {
  const reported = run('PASS', [{ ...cell('PASS', []), line: 'mainline' }]);
  const whole = withUnreported(reported, plan('7.2.6/x86_64/clang/debug'));
  expect(whole.cells.map(({ line }) => line)).toEqual(['mainline', 'mainline']);
});

it('makes a whole tier of cells that were given to jobs, unless somebody chose them', () => {
  const reported = { ...run('PASS', [cell('PASS', [])]), tier: 'nightly', chosen: true as const };
  expect(withUnreported(reported, PLAN)).not.toHaveProperty('chosen');
  const chosen = [
    { include: [{ ...GITHUB.include[0], chosen: true }] },
    { ...GITLAB, variables: { CHOSEN: 'true' } },
  ].map((printed) => readPlan(JSON.stringify(printed), 'plan.json'));
  for (const one of chosen) expect(withUnreported(reported, one)).toHaveProperty('chosen', true);
});

it.each([
  ['weekly', './uio-msi nightly --tier weekly'],
  [undefined, './uio-msi nightly'],
  ['weekly; reboot', './uio-msi nightly'],
])('says how to run what nobody reported, for the tier %s', (tier, command) => {
  const reported = { ...run('PASS', [cell('PASS', [])]), ...(tier !== undefined && { tier }) };
  const [, dead] = withUnreported(reported, PLAN).cells;
  expect(dead?.stages[0]?.reproduce).toBe(`${command} --cells ${CELLS[1]}`);
});
