// SPDX-License-Identifier: MIT
import {
  appendFile,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openState, withLock } from '@uio-msi/host';
import { type ProgressEvent, silent } from '@uio-msi/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addBulk, makeKernel, pack, treeOf } from '../../testing/fake-kernel.js';
import { startScript } from '../../testing/script.js';
import { importTarball } from '../import/tarball.js';
import { type ObjectStore, openStore } from '../store/open.js';
import { moveWorktree } from './move.js';

let dir: string;
let store: ObjectStore;
let before: string;
let after: string;
let worktree: string;

const importFolder = async (name: string): Promise<string> => {
  const tarball = await pack(join(dir, name), join(dir, `${name}.tar.xz`), 'linux');
  return withLock(join(dir, 'lock'), (lock) =>
    importTarball(store, tarball, name, { lock, onFraction: () => {} }),
  );
};

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'worktree-'));
  store = await openStore(await openState(join(dir, 'state')));
  const kernel = join(dir, 'kernel');
  await mkdir(kernel);
  await makeKernel(kernel, '7.2.6');
  before = await importFolder('kernel');
  await writeFile(join(kernel, 'drivers/uio/uio.c'), 'int changed;\n');
  await writeFile(join(kernel, 'drivers/uio/uio_msi.c'), 'int added;\n');
  await rm(join(kernel, 'empty'));
  after = await importFolder('kernel');
  worktree = join(dir, 'worktrees', 'one');
});
afterEach(() => rm(dir, { recursive: true }));

const move = (tree: string) => moveWorktree(store, worktree, tree, { progress: silent });
const at = (name: string): string => join(worktree, name);

/** Time stamps of all files. */
const stamps = async (): Promise<Map<string, number>> => {
  const names = await readdir(worktree, { recursive: true });
  const found = new Map<string, number>();
  for (const name of names) {
    const info = await lstat(at(name));
    if (!info.isDirectory()) found.set(name, info.mtimeMs);
  }
  return found;
};

it('checks out all of a tree, and again nothing', async () => {
  await move(before);
  expect(await treeOf(worktree)).toBe(before);
  const old = await stamps();
  await move(before);
  expect(await stamps()).toEqual(old);
});

it('rewrites only what differs', async () => {
  await move(before);
  const old = await stamps();
  await sleep(20);
  await move(after);
  expect(await treeOf(worktree)).toBe(after);
  const now = await stamps();
  const touched = [...now].filter(([name, time]) => old.get(name) !== time).map(([name]) => name);
  expect(touched.sort()).toEqual(['drivers/uio/uio.c', 'drivers/uio/uio_msi.c']);
  await expect(stat(at('empty'))).rejects.toThrow('ENOENT');
});

describe('a worktree that is known', () => {
  const known = async () => JSON.parse(await readFile(`${worktree}.known`, 'utf8')).tree;

  it('is taken to another tree and back in a step, empty folders too', async () => {
    await move(before);
    for (const tree of [after, before, after]) {
      await move(tree);
      expect(await known()).toBe(tree);
      expect(await treeOf(worktree)).toBe(tree);
    }
  });

  it.each([
    ['an edit in place', () => appendFile(at('Makefile'), 'x')],
    ['an edit that changes neither size nor time', () => editUnseen(at('drivers/uio/Kconfig'))],
    ['a file in place of another', () => rename(at('drivers/uio/Kconfig'), at('Makefile'))],
    ['a stray file', () => writeFile(at('drivers/stray.o'), '')],
    ['a stray folder', () => mkdir(at('drivers/stray'))],
    ['a file that is gone', () => rm(at('Makefile'))],
  ])('is no longer after %s', async (_, change) => {
    await move(before);
    await change();
    await move(after);
    expect(await treeOf(worktree)).toBe(after);
    await expect(stat(at('drivers/stray'))).rejects.toThrow('ENOENT');
  });

  it('is no longer when a move was cut off, or the record is damaged', async () => {
    await move(before);
    await writeFile(`${worktree}.known`, '{');
    await appendFile(at('Makefile'), 'x');
    await move(after);
    expect(await treeOf(worktree)).toBe(after);
  });
});

const editUnseen = async (path: string): Promise<void> => {
  const { atime, mtime } = await stat(path);
  const text = await readFile(path, 'utf8');
  await writeFile(
    path,
    text.replace(/./, (first) => (first === 'x' ? 'y' : 'x')),
  );
  await utimes(path, atime, mtime);
};

it('undoes what was changed by hand, and leaves what was only touched', async () => {
  await move(before);
  await utimes(at('Makefile'), 1000, 1000);
  await writeFile(at('drivers/uio/Kconfig'), 'edited\n');
  await rm(at('scripts/checkpatch.pl'));
  await rm(at('drivers/uio/uio.c'));
  await mkdir(at('drivers/uio/uio.c'));
  await writeFile(at('.config'), 'CONFIG_STRAY=y\n');
  await mkdir(at('include/generated'));
  await writeFile(at('include/generated/stray.h'), '');
  await writeFile(at('drivers/stray.o'), 'ignored by the tree\n');
  await move(before);
  expect(await treeOf(worktree)).toBe(before);
  expect((await stat(at('Makefile'))).mtimeMs).toBe(1_000_000);
  expect(
    (await readdir(worktree, { recursive: true })).filter((name) => /stray|generated|\.config/.test(name)),
  ).toEqual([]);
});

it('follows no link out of the folder', async () => {
  await move(before);
  const outside = join(dir, 'outside');
  await mkdir(outside);
  await writeFile(join(outside, 'uio.c'), 'precious\n');
  await writeFile(join(outside, 'mine'), 'precious\n');
  await rm(at('drivers/uio'), { recursive: true });
  await symlink(outside, at('drivers/uio'));
  await symlink(outside, at('elsewhere'));
  await rm(at('Makefile'));
  await symlink(join(outside, 'mine'), at('Makefile'));
  await move(after);
  expect(await treeOf(worktree)).toBe(after);
  expect((await readdir(outside)).sort()).toEqual(['mine', 'uio.c']);
  expect(await readFile(join(outside, 'uio.c'), 'utf8')).toBe('precious\n');
  expect(await readFile(join(outside, 'mine'), 'utf8')).toBe('precious\n');
});

it('refuses a worktree that is a link', async () => {
  const outside = join(dir, 'outside');
  await mkdir(outside);
  await writeFile(join(outside, 'mine'), 'precious\n');
  await mkdir(join(dir, 'worktrees'));
  await symlink(outside, worktree);
  await expect(move(before)).rejects.toMatchObject({ code: 'worktree-not-a-folder' });
  expect(await readdir(outside)).toEqual(['mine']);
});

it("takes nothing from the user's settings or from a hook that runs us", async () => {
  const home = join(dir, 'home');
  await mkdir(home);
  await writeFile(join(home, '.gitconfig'), '[core]\n\tautocrlf = true\n\thooksPath = /nowhere\n');
  const kept = {
    HOME: process.env['HOME'],
    GIT_DIR: process.env['GIT_DIR'],
    GIT_INDEX_FILE: process.env['GIT_INDEX_FILE'],
  };
  Object.assign(process.env, {
    HOME: home,
    GIT_DIR: join(dir, 'nowhere'),
    GIT_INDEX_FILE: join(dir, 'nowhere'),
  });
  try {
    await move(before);
  } finally {
    for (const [name, value] of Object.entries(kept))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
  expect(await treeOf(worktree)).toBe(before);
});

it('tells how far it is, for the work it is part of', async () => {
  const events: ProgressEvent[] = [];
  await addBulk(join(dir, 'kernel'), 500, 10);
  const tree = await importFolder('kernel');
  await moveWorktree(store, worktree, tree, { progress: (event) => events.push(event), work: 'source' });
  for (const event of events) expect(event).toMatchObject({ type: 'update', id: 'source' });
});

it('says what went wrong', async () => {
  await expect(move('0'.repeat(40))).rejects.toMatchObject({
    code: 'worktree-failed',
    why: expect.any(String),
  });
});

it('repairs what a move that was killed left, from any moment', async () => {
  const kernel = join(dir, 'kernel');
  await addBulk(kernel, 4000, 200);
  const first = await importFolder('kernel');
  await rm(join(kernel, 'bulk'), { recursive: true });
  await addBulk(kernel, 4000, 200);
  const second = await importFolder('kernel');
  let interrupted = 0;
  for (const [target, delay] of [
    [first, 40],
    [second, 80],
    [first, 120],
    [second, 160],
  ] as const) {
    const args = [store.state.dir, worktree, target];
    const script = startScript('move-worktree.ts', args, (line, process) => {
      if (line === 'ready') setTimeout(() => process.kill('SIGKILL'), delay);
    });
    await script.ended;
    if (script.lines.length === 1) interrupted++;
  }
  expect(interrupted).toBeGreaterThan(0);
  await move(after);
  expect(await treeOf(worktree)).toBe(after);
});
