// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROPERTY } from '../../testing/property.js';
import { makeRepository, type Repository, readAll } from '../../testing/repository.js';
import { lines, withLine } from '../../testing/work.js';
import { parsePatchFile } from '../patch/patch.js';
import { assign } from './assign.js';
import { pairPatches } from './pairs.js';
import { rangeDiff } from './range-diff.js';

describe('assign', () => {
  /** The least cost of all ways, by trying them. */
  const least = (costs: readonly (readonly number[])[], used: readonly number[] = []): number => {
    const [row, ...rest] = costs;
    if (!row) return 0;
    const taken = row.map((cost, column) =>
      used.includes(column) ? Number.POSITIVE_INFINITY : cost + least(rest, [...used, column]),
    );
    return Math.min(least(rest, used), ...taken);
  };

  it('finds the cheapest way there is, and gives no column twice', () => {
    const matrix = fc
      .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(fc.integer({ min: -9, max: 3 }), { minLength: columns, maxLength: columns }), {
          minLength: rows,
          maxLength: rows,
        }),
      );
    fc.assert(
      fc.property(matrix, (costs) => {
        const found = assign(costs.length, costs[0]?.length ?? 0, (row, column) => costs[row]?.[column] ?? 0);
        const columns = found.filter((column) => column !== null);
        expect(new Set(columns).size).toBe(columns.length);
        const sum = found.reduce<number>(
          (total, column, row) => total + (column === null ? 0 : (costs[row]?.[column] ?? 0)),
          0,
        );
        expect(sum).toBe(least(costs));
      }),
      { ...PROPERTY, numRuns: 1000 },
    );
  });
});

describe('beside git range-diff', () => {
  let repository: Repository;
  const FILES = ['a', 'b', 'c'];
  beforeEach(async () => {
    repository = await makeRepository(
      Object.fromEntries(FILES.map((name) => [`${name}.c`, lines(name, 80)])),
    );
  });
  afterEach(() => repository.remove());

  /** Commits edits, each of one file's lines, and gives them as patches. */
  const branch = async (base: string, edits: readonly Edit[]) => {
    repository.git('checkout', '-q', '--detach', base);
    const texts = new Map(FILES.map((name) => [name, lines(name, 80)]));
    for (const { file, at, words, subject } of edits) {
      let text = texts.get(file) ?? '';
      for (const [i, word] of words.entries()) text = withLine(text, at + i, word);
      texts.set(file, text);
      await repository.commit({ [`${file}.c`]: text }, subject);
    }
    const paths = edits.length === 0 ? [] : await repository.formatPatches(base);
    const patches = await Promise.all((await readAll(paths)).map((text, i) => parsePatchFile(`${i}`, text)));
    return { patches, tip: repository.git('rev-parse', 'HEAD') };
  };

  const compare = async (old: readonly Edit[], now: readonly Edit[]) => {
    const base = repository.git('rev-parse', 'main');
    const [a, b] = [await branch(base, old), await branch(base, now)];
    const text = repository.git(
      'range-diff',
      '--no-color',
      '--no-patch',
      `${base}..${a.tip}`,
      `${base}..${b.tip}`,
    );
    const gits = text
      .split('\n')
      .map((line) => /^ *(\d+|-): +\S+ ([=!<>]) +(\d+|-): /.exec(line)?.slice(1, 4));
    const signs = { same: '=', changed: '!', dropped: '<', added: '>' };
    const place = (at: number | null) => (at === null ? '-' : `${at + 1}`);
    const ours = pairPatches(a.patches, b.patches).map(({ before, after, status }) => [
      place(before),
      signs[status],
      place(after),
    ]);
    return { ours, gits };
  };

  interface Edit {
    readonly file: string;
    readonly at: number;
    readonly words: readonly string[];
    readonly subject: string;
  }
  const make = (file: string, at: number, words: string[], subject = `${file}: ${at}`): Edit => ({
    file,
    at,
    words,
    subject,
  });
  const many = (word: string, count: number) => Array.from({ length: count }, (_, i) => `${word} ${i}`);

  const one = make('a', 5, many('one', 12));
  const two = make('b', 5, many('two', 12));
  const three = make('c', 5, many('three', 12));
  it.each([
    ['nothing', [one, two], [one, two]],
    ['another order', [one, two, three], [three, one, two]],
    ['a word in a patch', [one, two], [{ ...one, words: ['ONE', ...one.words.slice(1)] }, two]],
    ['another message', [one, two], [{ ...one, subject: 'other' }, two]],
    ['a new and a dropped patch', [one, two], [two, three]],
    ['a patch that is another altogether', [one], [make('a', 5, many('else', 12))]],
    [
      'a patch in two',
      [make('a', 5, many('one', 20))],
      [make('a', 5, many('one', 14)), make('a', 19, many('one', 20).slice(14))],
    ],
    [
      'two that grow alike',
      [one, two],
      [
        { ...two, words: [...two.words, 'x'] },
        { ...one, words: [...one.words, 'y'] },
      ],
    ],
  ])('pairs as git does: %s', async (_, old, now) => {
    const { ours, gits } = await compare(old, now);
    expect(ours).toEqual(gits);
  });

  it('shows where patches differ', async () => {
    const base = repository.git('rev-parse', 'main');
    const a = await branch(base, [one]);
    const b = await branch(base, [{ ...one, subject: 'other', words: ['ONE', ...one.words.slice(1)] }]);
    const [row] = rangeDiff(a.patches, b.patches);
    expect(row).toMatchObject({ status: 'changed', subject: 'other', was: 'a: 5' });
    expect(row?.hunks.map(({ title }) => title)).toEqual(['Commit message', 'a.c']);
    expect(row?.hunks[1]?.lines).toEqual(expect.arrayContaining(['-+one 0', '++ONE', ' +one 1']));
  });
});
