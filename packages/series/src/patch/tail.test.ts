// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { PATCH } from '../../testing/series-folder.js';
import { takeApart } from './parts.js';
import { parsePatchFile } from './patch.js';
import { endOfChanges } from './tail.js';

const DIFF = takeApart(PATCH).diff;

it.each([
  ['nothing', ''],
  ['the signature of git', '-- \n2.39.5\n\n'],
  [
    'the base as git has it',
    `\nbase-commit: ${'a'.repeat(40)}\nprerequisite-patch-id: ${'b'.repeat(40)}\n-- \n2.39.5\n`,
  ],
  [
    'the base as b4 has it',
    '\n---\nbase-commit: a\nchange-id: b\n\nBest regards,\n-- \nJane Roe <jane@example.org>\n',
  ],
  ['the footer of a list', '_______________________________________________\nlist mailing list\n'],
])('finds where the changes end before %s', async (_, tail) => {
  expect(endOfChanges(DIFF + tail)).toBe(DIFF.length);
  const patch = await parsePatchFile('x.patch', PATCH.slice(0, PATCH.indexOf('-- \n')) + tail);
  expect([patch.diff, patch.changes.length]).toEqual([DIFF, 1]);
});

it.each(['+more\n', ' more\n', '@@ -9 +9 @@\n-a\n+b\n', 'diff --git a/x b/x\n'])(
  'takes %j for a part of them',
  (more) => {
    expect(endOfChanges(DIFF + more)).toBe(DIFF.length + more.length);
  },
);

it('leaves a diff alone whose hunks say something else', () => {
  const short = DIFF.replace(/^@@ -10,6 /m, '@@ -10,8 ');
  for (const text of [short, `${short}-- \n2.39\n`]) expect(endOfChanges(text)).toBe(text.length);
});
