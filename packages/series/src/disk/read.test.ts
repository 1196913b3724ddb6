// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSeriesFile } from './read.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-series-'));
  await mkdir(join(dir, 'variants/6.12'), { recursive: true });
});
afterEach(() => rm(dir, { recursive: true }));

it('reads UTF-8 text, in folders too', async () => {
  await writeFile(join(dir, 'variants/6.12/a.patch'), 'Jörg\n');
  expect(await readSeriesFile(dir, 'variants/6.12/a.patch')).toBe('Jörg\n');
});

it.each([
  '',
  '.',
  '..',
  '../a',
  'a/../../b',
  '/etc/passwd',
  'a//b',
  'a/',
  '.git/config',
  'x/.GIT/hooks/a',
  '.git./a',
  'git~1/a',
  'a\\b',
  'a\u0000b',
  'a\nb',
  `${'a/'.repeat(3000)}b`,
])('takes %j for no path inside', async (path) => {
  await expect(readSeriesFile(dir, path)).rejects.toMatchObject({ code: 'file-outside', exitCode: 2 });
});

const is = async (code: string, file = 'a.patch') =>
  expect(readSeriesFile(dir, file)).rejects.toMatchObject({
    code,
    exitCode: 2,
    message: expect.stringContaining(file),
    next: expect.stringMatching(/./),
  });

it('says what is missing', () => is('file-missing'));

it.each([
  ['file-binary', Buffer.from('a\0b\n')],
  ['file-crlf', Buffer.from('a\r\nb\r\n')],
  ['file-encoding', Buffer.from('J\xf6rg\n', 'latin1')],
])('refuses %s', async (code, bytes) => {
  await writeFile(join(dir, 'a.patch'), bytes);
  await is(code);
});

it('refuses 100 MB without reading them', async () => {
  await writeFile(join(dir, 'a.patch'), 'x');
  await truncate(join(dir, 'a.patch'), 100_000_000);
  await is('file-too-big');
});

it('follows no link, of a file or of a folder, inside or outside', async () => {
  await writeFile(join(dir, 'b.patch'), 'b\n');
  await symlink('b.patch', join(dir, 'a.patch'));
  await is('file-special');
  await symlink('/etc', join(dir, 'out'));
  await is('file-outside', 'out/passwd');
});

it('opens no folder, and does not wait for a pipe', async () => {
  await mkdir(join(dir, 'folder'));
  await is('file-special', 'folder');
  execFileSync('mkfifo', [join(dir, 'a.patch')]);
  await is('file-special');
});
