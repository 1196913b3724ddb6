// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { type MemberKind, memberGuard } from './guard.js';

type Entry = readonly [name: string, kind: MemberKind, target?: string];

const accept = (entries: readonly Entry[]): string[] => {
  const guard = memberGuard();
  return entries.map((entry) => guard(...entry));
};

it('gives paths below the top folder', () => {
  const entries: Entry[] = [
    ['linux/', 'directory'],
    ['linux/a/', 'directory'],
    ['linux/a/b.c', 'file'],
    ['linux/no/folder/before.c', 'file'],
    ['linux/a/', 'directory'],
    ['linux/a/link', 'symlink', '../no/folder'],
    ['linux/a/dangling', 'symlink', 'nothing/here'],
    ['linux/..a', 'file'],
    ['linux/.gitignore', 'file'],
  ];
  expect(accept(entries)).toEqual([
    '',
    'a',
    'a/b.c',
    'no/folder/before.c',
    'a',
    'a/link',
    'a/dangling',
    '..a',
    '.gitignore',
  ]);
});

it.each<[string, Entry[]]>([
  ['a parent', [['linux/../etc/passwd', 'file']]],
  ['a parent at the end', [['linux/..', 'directory']]],
  ['an absolute path', [['/linux/a', 'file']]],
  [
    'a second folder at the top',
    [
      ['linux/a', 'file'],
      ['other/b', 'file'],
    ],
  ],
  ['a file at the top', [['a', 'file']]],
  ['a link in place of the top', [['linux', 'symlink', 'a']]],
  ['no name', [['', 'file']]],
  ['an empty part', [['linux//a', 'file']]],
  ['a dot', [['linux/./a', 'file']]],
  ["git's own folder", [['linux/.git/config', 'file']]],
  ["git's own folder on other systems", [['linux/sub/.GIT/hooks/x', 'file']]],
  ['a line end', [['linux/a\nM 100644 inline b', 'file']]],
  ['a name that is not UTF-8', [['linux/a\ufffd', 'file']]],
  ['an absolute link', [['linux/a', 'symlink', '/etc/passwd']]],
  ['a link that leads out', [['linux/a/b', 'symlink', '../../x']]],
  ['a link to the folder above', [['linux/a', 'symlink', '..']]],
  ['a link that leads out and back', [['linux/a', 'symlink', '../linux/b']]],
  ['a link to nowhere', [['linux/a', 'symlink', '']]],
  [
    'a file below a link',
    [
      ['linux/a', 'symlink', 'b'],
      ['linux/a/c', 'file'],
    ],
  ],
  [
    'a file below a file',
    [
      ['linux/a', 'file'],
      ['linux/a/c', 'file'],
    ],
  ],
  [
    'a file twice',
    [
      ['linux/a', 'file'],
      ['linux/a', 'file'],
    ],
  ],
  [
    'a link in place of a folder',
    [
      ['linux/a/b', 'file'],
      ['linux/a', 'symlink', 'c'],
    ],
  ],
])('refuses %s', (_, entries) => {
  expect(() => accept(entries)).toThrow(expect.objectContaining({ code: 'tarball-refused' }));
});
