// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { PATCH } from '../../testing/series-folder.js';
import { parsePatchFile, touchedPaths } from './patch.js';
import { parseTrailers } from './trailers.js';

it('reads a patch of git format-patch', async () => {
  expect(await parsePatchFile('1.patch', PATCH)).toMatchObject({
    file: '1.patch',
    author: { name: 'Jörg Example', address: 'joerg@example.org' },
    subject: 'uio: a subject that is long enough to be folded by git',
    date: '2026-10-05T10:00:00.000Z',
    message: expect.stringMatching(/^Why it is done\.[\s\S]*Signed-off-by: .*>$/),
    trailers: [
      { key: 'Link', value: 'https://example.org/a' },
      { key: 'Signed-off-by', value: 'Jörg Example <joerg@example.org>' },
    ],
    changes: [
      {
        from: 'drivers/uio/uio.c',
        to: 'drivers/uio/uio.c',
        hunks: [{ header: '@@ -10,6 +10,7 @@', oldStart: 10, oldLines: 6, newStart: 10, newLines: 7 }],
      },
    ],
    diff: PATCH.slice(PATCH.indexOf('diff --git'), PATCH.indexOf('-- \n')),
    text: PATCH,
  });
});

it('believes the From: in the body, as git am does', async () => {
  const text = PATCH.replace('Why it', 'From: "Other, One" <one@example.org>\n\nWhy it');
  expect(await parsePatchFile('1.patch', text)).toMatchObject({
    author: { name: 'Other, One', address: 'one@example.org' },
    message: expect.stringMatching(/^Why it is done/),
  });
});

const header = 'diff --git a/x b/x\n';
const hunk = '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n';

const changed = (diff: string) => PATCH.replace(/diff --git[\s\S]*$/, diff);

it.each([
  [
    'made',
    `${header}new file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+b\n`,
    null,
    'x',
    '@@ -0,0 +1 @@',
  ],
  [
    'removed',
    `${header}deleted file mode 100644\n--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-b\n`,
    'x',
    null,
    '@@ -1 +0,0 @@',
  ],
  ['moved', 'diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\n', 'x', 'y', undefined],
  ['made executable', `${header}old mode 100644\nnew mode 100755\n`, 'x', 'x', undefined],
])('knows a file that is %s', async (_, diff, from, to, hunkHeader) => {
  const patch = await parsePatchFile('1.patch', changed(diff));
  expect(patch.changes).toMatchObject([{ from, to }]);
  expect(patch.changes[0]?.hunks[0]?.header).toBe(hunkHeader);
  expect(touchedPaths(patch)).toEqual([...new Set([from, to])].filter((path) => path !== null));
});

it('takes a removed line for no signature', async () => {
  const diff = `${header}--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n a\n-- \n-- \n2.39.5\n\n`;
  const { changes } = await parsePatchFile('1.patch', changed(diff));
  expect(changes[0]?.hunks[0]?.lines).toEqual([' a', '-- ']);
});

describe('refuses', () => {
  it.each([
    ['a path above the tree', header.replaceAll('x', '../x') + hunk.replaceAll('/x', '/../x'), 'patch-path'],
    ['an absolute path', `diff --git a//etc/x b//etc/x\n${hunk.replaceAll('/x', '//etc/x')}`, 'patch-path'],
    [
      'a path in .git',
      `diff --git a/.git/hooks/x b/.git/hooks/x\n${hunk.replaceAll('/x', '/.git/hooks/x')}`,
      'patch-path',
    ],
    [
      'a quoted path above',
      `diff --git "a/\\056./x" "b/\\056./x"\nold mode 100644\nnew mode 100755\n`,
      'patch-path',
    ],
    ['a move out of the tree', 'diff --git a/x b/x\nrename from x\nrename to ../x\n', 'patch-path'],
    ['paths without a/ and b/', 'diff --git x x\n--- x\n+++ x\n@@ -1 +1 @@\n-a\n+b\n', 'patch-path'],
    [
      'a new link',
      `${header}new file mode 120000\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+/etc\n`,
      'patch-mode',
    ],
    ['a change of a link', `${header}index 1111111..2222222 120000\n${hunk}`, 'patch-mode'],
    [
      'a submodule',
      `${header}new file mode 160000\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+x\n`,
      'patch-mode',
    ],
    ['a setuid file', `${header}old mode 100644\nnew mode 104755\n`, 'patch-mode'],
    ['binary contents', `${header}GIT binary patch\nliteral 1\nIcmZPo000310RR91\n`, 'patch-binary'],
    ['a hunk that is too short', `${header}${hunk.replace('-1 +1', '-1,3 +1,3')}`, 'patch-malformed'],
    ['a hunk that is too long', `${header}${hunk}+c\n`, 'patch-malformed'],
    [
      'a change without a header of git',
      `${header}${hunk}--- a/y\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n`,
      'patch-malformed',
    ],
    ['no diff', 'nothing\n', 'patch-empty'],
    ['a diff of quilt', `--- x.orig/y\n+++ x/y\n${hunk.slice(hunk.indexOf('@@'))}`, 'patch-traditional'],
  ])('%s', async (_, diff, code) => {
    await expect(parsePatchFile('1.patch', changed(diff))).rejects.toMatchObject({
      code,
      exitCode: 2,
      message: expect.stringContaining('1.patch'),
    });
  });

  it.each([
    ['no author', PATCH.replace(/^From: .*\n/m, ''), 'patch-header'],
    ['no subject', PATCH.replace(/^Subject: .*\n .*\n/m, ''), 'patch-header'],
    [
      'a subject of brackets alone',
      PATCH.replace(/^Subject: .*\n .*\n/m, 'Subject: [PATCH]\n'),
      'patch-header',
    ],
    [
      'quoted-printable',
      PATCH.replace('\nDate', '\nContent-Transfer-Encoding: quoted-printable\nDate'),
      'patch-encoded',
    ],
    ['base64', PATCH.replace('\nDate', '\nContent-Transfer-Encoding: base64\nDate'), 'patch-encoded'],
    ['an empty file', '', 'patch-header'],
  ])('a mail with %s', async (_, text, code) => {
    await expect(parsePatchFile('1.patch', text)).rejects.toMatchObject({ code, exitCode: 2 });
  });
});

describe('trailers', () => {
  it.each([
    ['none', 'Text: it is not only trailers\nhere.', []],
    ['in an earlier paragraph', 'A: b\n\nText.', []],
    ['continued', 'Text.\n\nA: b\n c', [{ key: 'A', value: 'b c' }]],
    [
      'around a note of two lines',
      'A: b\n[ x: did\n  this ]\nC: d',
      [
        { key: 'A', value: 'b' },
        { key: 'C', value: 'd' },
      ],
    ],
  ])('%s', (_, message, expected) => {
    expect(parseTrailers(message)).toEqual(expected);
  });
});
