// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Check } from '../check.js';
import { ensureKernelFiles } from './kernel-files.js';

let base: string;
let gitDir: string;
let tree: string;

const git = (...args: string[]) =>
  execFileSync('git', args, { env: { ...process.env, GIT_DIR: gitDir, GIT_WORK_TREE: join(base, 'src') } })
    .toString()
    .trim();

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'uio-msi-checks-'));
  gitDir = join(base, 'store.git');
  for (const [path, text] of [
    ['scripts/checkpatch.pl', 'perl'],
    ['include/linux/a.h', 'a'],
    ['drivers/uio/uio.c', 'uio'],
    ['drivers/net/big.c', 'net'],
  ] as const) {
    await mkdir(join(base, 'src', dirname(path)), { recursive: true });
    await writeFile(join(base, 'src', path), text);
  }
  execFileSync('git', ['init', '-q', '--bare', gitDir]);
  git('add', '--all');
  tree = git('write-tree');
});
afterEach(() => rm(base, { recursive: true }));

const check = (prepare?: Check['prepare']): Check => ({
  name: 'x',
  version: 1,
  title: 'x',
  reads: ['scripts', 'include', 'not/there'],
  ...(prepare ? { prepare } : {}),
  run: async () => [],
});

const ensure = (checks: Check[], paths = ['drivers/uio/uio.c', 'drivers/uio/new.c']) =>
  ensureKernelFiles({ gitDir, tree, checks, paths, cache: join(base, 'cache') });

it('exports what checks read and patches touch, as far as the tree has it', async () => {
  const folder = await ensure([check()]);
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  expect(files.map(({ name }) => name).toSorted()).toEqual(['a.h', 'checkpatch.pl', 'uio.c']);
  expect(await readFile(join(folder, 'drivers/uio/uio.c'), 'utf8')).toBe('uio');
});

it('does it once, preparation too, also when many ask at the same time', async () => {
  let prepared = 0;
  const checks = [check(async (dir) => writeFile(join(dir, 'prepared'), `${++prepared}`))];
  const first = await ensure(checks);
  expect(await Promise.all([ensure(checks), ensure(checks), ensure(checks)])).toEqual([first, first, first]);
  expect(prepared).toBe(1);
  expect(await ensure(checks, [])).not.toBe(first);
});

it('has the same folder for those who make it at the same time, and leaves nothing else', async () => {
  const folders = await Promise.all([ensure([check()]), ensure([check()])]);
  expect(new Set(folders).size).toBe(1);
  expect(await readdir(join(base, 'cache'))).toHaveLength(1);
});

it('leaves nothing when it fails', async () => {
  const failing = [check(() => Promise.reject(new Error('no')))];
  await expect(ensure(failing)).rejects.toThrow('no');
  expect(await readdir(join(base, 'cache'))).toEqual([]);
});

it('says so when the store has no such tree', async () => {
  tree = '0123456789012345678901234567890123456789';
  await expect(ensure([check()])).rejects.toMatchObject({ code: 'export-failed', exitCode: 3 });
});
