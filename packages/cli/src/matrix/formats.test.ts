// SPDX-License-Identifier: MIT
import { readPlan } from '@uio-msi/report';
import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FORMAT_NAMES, formatMatrix } from './formats.js';
import { shardsOf } from './shards.js';

const loads = (count: number, seconds: number | null = 60) =>
  Array.from({ length: count }, (_, at) => ({ cell: `7.2.${at}/x86_64/gcc/minimal`, seconds }));

interface Job {
  readonly cells: string;
}

/** The jobs of what was printed, as the host would read them: JSON is YAML. */
const jobs = (name: (typeof FORMAT_NAMES)[number], count: number): readonly Job[] => {
  const value = parse(formatMatrix(name, loads(count)));
  if (name === 'github') return value.include;
  const { variables = {}, cell } = value;
  return cell.parallel.matrix.map(({ NAME, CELLS }: { NAME: string; CELLS: string }) => {
    expect(`cell: [${NAME}, ${CELLS}]`.length, 'what GitLab calls a job').toBeLessThanOrEqual(255);
    return { cells: CELLS.replace(/^\$(\w+)$/, (_, variable) => variables[variable]) };
  });
};

describe.each([
  ['github', 256],
  ['gitlab', 200],
] as const)('for %s', (name, limit) => {
  it.each([1, 7, 256, 257, 10_000])(
    '%i cells are all there, once, in no more jobs than it takes',
    (count) => {
      const found = jobs(name, count);
      expect(found).toHaveLength(Math.min(count, limit));
      const cells = found.flatMap((job) => job.cells.split(','));
      expect([cells.length, new Set(cells).size]).toEqual([count, count]);
    },
  );

  it('nothing, and more than it takes in one, is refused', () => {
    expect(() => formatMatrix(name, [])).toThrow('there is no cell');
    expect(() => formatMatrix(name, loads(100_000))).toThrow(`more than ${name} takes`);
  });
});

it('a job never gets more cells than its environment takes', () => {
  const seconds = 36_000;
  const busy = Array.from({ length: 255 }, (_, at) => ({ cell: `6.1.${at}/x86_64/gcc/minimal`, seconds }));
  const short = (count: number) => loads(count, 0).map((load) => ({ ...load, seconds: 0 }));
  const longest = (count: number) =>
    parse(formatMatrix('github', [...busy, ...short(count)])).include.reduce(
      (most: number, { cells }: Job) => Math.max(most, cells.length),
      0,
    );
  expect(longest(4_000)).toBeGreaterThan(64 * 1024);
  expect(longest(4_000)).toBeLessThan(128 * 1024);
  expect(() => longest(6_000)).toThrow('more than github takes');
});

it.each(FORMAT_NAMES)('%s says that somebody chose the cells, to whom merges their results', (name) => {
  for (const count of [1, 10_000]) {
    const plans = [true, false].map((chosen) =>
      readPlan(formatMatrix(name, loads(count), chosen), 'plan.json'),
    );
    expect(plans.map(({ chosen, squares }) => [chosen, squares.length])).toEqual([
      [true, count],
      [false, count],
    ]);
  }
});

it('shards take about the same time', () => {
  assert(
    property(integer({ min: 1, max: 300 }), integer({ min: 1, max: 40 }), (count, limit) => {
      const given = Array.from({ length: count }, (_, at) => ({ cell: `${at}`, seconds: (at * 37) % 100 }));
      const seconds = new Map(given.map((load) => [load.cell, load.seconds]));
      const sums = shardsOf(given, limit).map(({ cells }) =>
        cells.reduce((sum, cell) => sum + (seconds.get(cell) ?? 0) + 1, 0),
      );
      if (count > limit) expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(100);
    }),
  );
});

it('has no form that is not tested here', () => {
  expect(FORMAT_NAMES).toEqual(['github', 'gitlab']);
});
