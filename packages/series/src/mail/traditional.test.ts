// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { withGitHeaders } from './traditional.js';

const HUNK = '@@ -1 +1 @@\n-a\n+b\n';

it.each([
  ['--- a/x/y.c\n+++ b/x/y.c\n', 'a/x/y.c', 'b/x/y.c', ''],
  ['Index: l/y.c\n====\n--- l.orig/y.c\t2026-01-01\n+++ l/y.c\t2026-01-02\n', 'a/y.c', 'b/y.c', ''],
  ['diff -urN o/y n/y\n--- o/y.orig 2026-01-01 10:00:00 +0100\n+++ n/y\n', 'a/y', 'b/y', ''],
  ['--- /dev/null\n+++ b/y\n', '/dev/null', 'b/y', 'new file mode 100644\n'],
  ['--- a/y\t1970-01-01 01:00:00.000000000 +0100\n+++ b/y\n', '/dev/null', 'b/y', 'new file mode 100644\n'],
  ['--- a/y\n+++ /dev/null\n', 'a/y', '/dev/null', 'deleted file mode 100644\n'],
])('gives %j the line that git has', (above, from, to, mode) => {
  const path = (from === '/dev/null' ? to : from).slice(2);
  expect(withGitHeaders(`why\n\n${above}${HUNK}`)).toBe(
    `why\n\ndiff --git a/${path} b/${path}\n${mode}--- ${from}\n+++ ${to}\n${HUNK}`,
  );
});

it('takes no line of a hunk for the beginning of a file', () => {
  const text = '--- a/y\n+++ b/y\n@@ -1,2 +1,2 @@\n x\n--- a/z\n+++ b/z\n@@ -9 +9 @@\n-a\n+b\n';
  expect(withGitHeaders(text)).toBe(`diff --git a/y b/y\n${text}`);
});

it.each(['diff --git a/x b/x\n--- a/x\n+++ b/x\n', '--- x\n+++ y\n', '--- a/x\nno\n'])(
  'leaves %j alone',
  (text) => {
    expect(withGitHeaders(`${text}${HUNK}`)).toBe(`${text}${HUNK}`);
  },
);
