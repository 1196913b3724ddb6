// SPDX-License-Identifier: MIT
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeFolder } from './folder.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'folder-'));
});
afterEach(() => rm(dir, { recursive: true }));

it('makes all that is missing, for several at once, and is content with what is', async () => {
  const path = join(dir, 'a/b/c');
  await Promise.all([makeFolder(path), makeFolder(path), makeFolder(join(dir, 'a/d'))]);
  await makeFolder(path);
  expect((await stat(path)).isDirectory()).toBe(true);
});

it('comes back with an error where nothing can be made, or a file is in the way', async () => {
  await expect(makeFolder('/proc/no-such-folder/below/it')).rejects.toMatchObject({ code: 'ENOENT' });
  await writeFile(join(dir, 'file'), '');
  await expect(makeFolder(join(dir, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(dir, 'file/below'))).rejects.toMatchObject({ code: 'EEXIST' });
});
