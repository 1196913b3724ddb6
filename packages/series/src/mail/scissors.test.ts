// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { belowScissors } from './scissors.js';

// What git mailinfo --scissors makes of each.
it.each([
  '-- >8 --',
  '--- >8 ---',
  '----8<----',
  '-- 8< -- cut here -- >8 --',
  '8<---8<---8<---8<---8<',
  '---%<---',
  'cut here >8 --------',
])('cuts at %j', (line) => {
  expect(belowScissors(`above\n${line}\n\nSubject: x\n---\n`)).toBe('\nSubject: x\n---\n');
});

it.each([
  '>8',
  '- >8 -',
  '-----[ cut here ]-----',
  'some long text before it goes on >8 --',
  'x = a <8> b -- c',
  '--------',
])('does not cut at %j', (line) => {
  expect(belowScissors(`above\n${line}\nFrom: x\n`)).toBe(`above\n${line}\nFrom: x\n`);
});

it('cuts no notes, nothing of a diff, and no message that is about scissors', () => {
  for (const text of [
    'a\n---\n-- >8 --\nFrom: x\n',
    'a\ndiff --git a/x b/x\n-- >8 --\nFrom: x\n',
    'a\n-- >8 --\nb\n',
  ])
    expect(belowScissors(text)).toBe(text);
});
