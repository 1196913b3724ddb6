// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { stampFolders } from './known.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'known-test-'));
  await mkdir(join(dir, 'tree/a folder'), { recursive: true });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

it('stamps every folder', async () => {
  expect(Object.keys(await stampFolders(join(dir, 'tree')))).toEqual(['', 'a folder']);
});

it.each([
  ['fails', 'echo "find: unrecognized: -printf" >&2; exit 1', 'find: unrecognized: -printf'],
  ['fails in the middle', "printf '\\t1.5 7\\0'; exit 1", 'find said nothing of the folder itself'],
  ['says nothing', 'exit 0', 'find said nothing of the folder itself'],
])('does not take no stamps for the same stamps when find %s', async (_, does, why) => {
  await writeFile(join(dir, 'find'), `#!/bin/sh\n${does}\n`, { mode: 0o755 });
  vi.stubEnv('PATH', `${dir}:${process.env['PATH']}`);
  await expect(stampFolders(join(dir, 'tree'))).rejects.toMatchObject({ code: 'worktree-unreadable', why });
});
