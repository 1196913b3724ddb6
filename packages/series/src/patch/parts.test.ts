// SPDX-License-Identifier: MIT
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROPERTY } from '../../testing/property.js';
import { PATCH } from '../../testing/series-folder.js';
import { putTogether, takeApart, withNotes } from './parts.js';

const dir = join(import.meta.dirname, '../../../../patches/uio_msi');
const files = (await readdir(dir, { recursive: true })).filter((name) => /\.(patch|mbox)$/.test(name));

describe.each(files)('%s', (file) => {
  it('is the same when it was taken apart and put together', async () => {
    const text = await readFile(join(dir, file), 'utf8');
    const parts = takeApart(text);
    expect(putTogether(parts)).toBe(text);
    expect(parts.diff).toMatch(/^diff --git a\//);
    expect(parts.stat).toMatch(/^ \S.* \|.*\n(?:.*\n)* \d+ files? changed, .*\n(?: create mode .*\n)*\n$/);
  });
});

it('takes a patch with everything apart', () => {
  const text = withNotes(PATCH, 'v2:\n - a\n\n--\nb\n');
  expect(takeApart(text)).toMatchObject({
    head: expect.stringMatching(/^From 0[\s\S]*\n folded by git\n\n$/),
    message: expect.stringMatching(/^Why[\s\S]*Signed-off-by: .*\n$/),
    opening: '---\n',
    notes: 'v2:\n - a\n\n--\nb\n',
    closing: '---\n',
    stat: ' drivers/uio/uio.c | 1 +\n 1 file changed, 1 insertion(+)\n\n',
    diff: expect.stringMatching(/^diff --git [\s\S]*\n f\n$/),
    tail: '-- \n2.39.5\n\n',
  });
});

it('changes notes alone, and takes them out again', () => {
  const noted = withNotes(PATCH, '\nv2: one\n\n');
  expect(noted).toBe(PATCH.replace('---\n drivers', '---\nv2: one\n---\n drivers'));
  expect(withNotes(noted, 'v3: two')).toBe(PATCH.replace('---\n drivers', '---\nv3: two\n---\n drivers'));
  expect(withNotes(noted, '')).toBe(PATCH);
});

it('knows the notes of git format-patch --notes, which no line ends', () => {
  const text = PATCH.replace('---\n drivers', '---\n\nNotes:\n    v2: one\n\n drivers');
  expect(takeApart(text)).toMatchObject({ notes: '\nNotes:\n    v2: one\n\n', closing: '' });
});

it('loses nothing of any text', () => {
  const piece = fc.constantFrom(
    '---\n',
    '\n',
    'diff --git a/x b/x\n',
    '-- \n',
    '2.39\n',
    ' x | 1 +\n',
    'From: a\n',
    '@@ -1 +1 @@\n',
    '-a\n',
    'v2:\n',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
      const text = pieces.join('');
      expect(putTogether(takeApart(text))).toBe(text);
    }),
    { ...PROPERTY, numRuns: 2000 },
  );
});
