// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { namedCommits } from './named-commits.js';

const series = { patches: [{ file: '0001-a.patch' }, { file: '0002-b.patch' }] } as never;
const [A, B] = ['a'.repeat(40), 'b'.repeat(12)];

it('takes one commit for each patch that is wanted, in order', () => {
  expect([...namedCommits(series, null, [A, B])]).toEqual([
    ['0001-a.patch', A],
    ['0002-b.patch', B],
  ]);
  expect([...namedCommits(series, ['2'], [A])]).toEqual([['0002-b.patch', A]]);
});

it('takes commits by the files of patches, also of a prerequisite', () => {
  expect([...namedCommits(series, null, [`0001-x.patch=${A}`])]).toEqual([['0001-x.patch', A]]);
});

it.each([[['HEAD']], [['--all']], [['abc']], [[A, A, A]], [[A]]])('refuses %j', (items) => {
  expect(() => namedCommits(series, null, items)).toThrow(expect.objectContaining({ exitCode: 2 }));
});
