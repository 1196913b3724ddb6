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
  expect(belowScissors(`above\n${line}\nbelow\n---\n`)).toBe('below\n---\n');
});

it.each([
  '>8',
  '- >8 -',
  '-----[ cut here ]-----',
  'some long text before it goes on >8 --',
  'x = a <8> b -- c',
  '--------',
])('does not cut at %j', (line) => {
  expect(belowScissors(`above\n${line}\nbelow\n`)).toBe(`above\n${line}\nbelow\n`);
});

it('cuts no notes, and nothing of a diff', () => {
  for (const text of ['why\n---\n-- >8 --\nnotes\n', 'why\ndiff --git a/x b/x\n-- >8 --\n'])
    expect(belowScissors(text)).toBe(text);
});
