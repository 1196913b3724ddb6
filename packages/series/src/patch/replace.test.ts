// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { replaceOnce } from './replace.js';

const SOURCE = `int f(int a);

static int f(int a)
{
	return a;
}

static int
g(int a,
  int b)
{
	return a;
	return a;
}
`;

it('replaces a text in one function', () => {
  const changed = replaceOnce(SOURCE, { within: 'f', from: 'return a;', to: 'return 1;' });
  expect(changed).toBe(SOURCE.replace('{\n\treturn a;\n}', '{\n\treturn 1;\n}'));
});

it.each([
  [{ within: 'h', from: 'x' }, 'defines h 0 times'],
  [{ within: 'f', from: 'x' }, 'f has "x" 0 times'],
  [{ within: 'g', from: 'return a;' }, 'g has "return a;" 2 times'],
  [{ from: 'return a;' }, 'has "return a;" 3 times'],
])('says that %j is not there once', (what, message) => {
  expect(() => replaceOnce(SOURCE, { ...what, to: 'y' })).toThrow(message);
});
