// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { namedSquares, prefixesTogether, squareName } from './square.js';

const place = { kernel: '7.2.6', arch: 'x86_64', toolchain: 'gcc', config: 'minimal' };
const whole = squareName(place);
const first = (prefix: number) => squareName({ ...place, prefix });
const together = (names: readonly string[]) => prefixesTogether(names, (name) => name);

it('names a square, and a prefix in it', () => {
  expect([whole, first(12)]).toEqual(['7.2.6/x86_64/gcc/minimal', '7.2.6/x86_64/gcc/minimal/first12']);
});

it('puts the prefixes of one square together, and nothing else', () => {
  const other = squareName({ ...place, config: 'debug', prefix: 3 });
  const names = [whole, first(1), first(2), other, first(9), first(10), first(12)];
  expect(together(names)).toEqual([
    { name: whole, items: [whole] },
    { name: `${whole}/first1-2`, items: [first(1), first(2)] },
    { name: other, items: [other] },
    { name: `${whole}/first9-10`, items: [first(9), first(10)] },
    { name: first(12), items: [first(12)] },
  ]);
});

it('finds again what it put together', () => {
  const names = [whole, ...Array.from({ length: 11 }, (_, at) => first(at + 1))];
  expect(together(names).flatMap(({ name }) => namedSquares(name))).toEqual(names);
});

it('takes a configuration for what it is, whatever it is called', () => {
  const names = [1, 2].map((n) => squareName({ ...place, config: `first${n}` }));
  expect(together(names).map(({ name }) => name)).toEqual(names);
});

it.each(['first3-1', 'first0-3', 'first1-99999', 'first1-', 'firstly'])(
  'leaves %s to whoever looks it up',
  (part) => expect(namedSquares(`${whole}/${part}`)).toEqual([`${whole}/${part}`]),
);
