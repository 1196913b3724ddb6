// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { flowOf, unflowed } from './flowed.js';
import { parseMail } from './parse.js';

const FLOW = { flowed: true, delsp: false };

it('takes away the spaces that were put before lines, and joins lines that end with one', () => {
  expect(unflowed('  context\n-old \nline\n+new\n -- \n-- \n2.39\n', FLOW)).toBe(
    ' context\n-old line\n+new\n-- -- \n2.39\n'.replace('-- -- ', '-- \n-- '),
  );
  expect(unflowed('+a \n-- \nb', { flowed: true, delsp: true })).toBe('+a\n-- \nb');
  expect(unflowed('+wo \nrd', { flowed: true, delsp: true })).toBe('+word');
  expect(unflowed(' a \n b', flowOf('text/plain; charset=utf-8'))).toBe(' a \n b');
});

it.each([
  ['7bit', (text: string) => text],
  ['base64', (text: string) => Buffer.from(text).toString('base64')],
])('gives the lines that git am would give, of %s', async (encoding, encode) => {
  const head = `From: A <a@b.org>\nSubject: [PATCH] x\nMIME-Version: 1.0\nContent-Type: text/plain;\n charset="utf-8"; format=flowed\nContent-Transfer-Encoding: ${encoding}`;
  const bytes = Buffer.from(`${head}\n\n${encode('  int a;\n+a long \nline\n')}`);
  const mail = await parseMail({ at: 0, bytes, marked: false, cut: false });
  expect(mail?.text.trimEnd()).toBe(' int a;\n+a long line');
});
