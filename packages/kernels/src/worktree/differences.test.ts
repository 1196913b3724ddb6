// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { plainDifferences } from './differences.js';

const [ONE, TWO, NONE] = ['1', '2', '0'].map((digit) => digit.repeat(40));
const raw = (...entries: readonly (readonly [modes: string, ids: string, path: string])[]) =>
  entries.map(([modes, ids, path]) => `:${modes} ${ids} M\0${path}\0`).join('');

it('reads what git names', () => {
  expect(
    plainDifferences(
      raw(
        ['100644 100755', `${ONE} ${TWO}`, 'a file'],
        ['000000 100644', `${NONE} ${TWO}`, 'b/c'],
        ['100644 000000', `${ONE} ${NONE}`, 'd'],
      ),
    ),
  ).toEqual([
    { path: 'a file', entry: `100755 ${TWO}` },
    { path: 'b/c', entry: `100644 ${TWO}` },
    { path: 'd', entry: null },
  ]);
  expect(plainDifferences('')).toEqual([]);
});

it.each([
  ['a link', raw(['100644 120000', `${ONE} ${TWO}`, 'a'])],
  [
    'a folder where a file was',
    raw(['100644 000000', `${ONE} ${NONE}`, 'a'], ['000000 100644', `${NONE} ${TWO}`, 'a/b/c']),
  ],
])('leaves %s to others', (_, text) => {
  expect(plainDifferences(text)).toBeNull();
});
