// SPDX-License-Identifier: MIT
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted } from '@uio-msi/model';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ending, firstLine, isAlive, startScript } from '../../testing/processes.js';
import { run } from '../process/run.js';
import { withFreeLock, withLock } from './lock.js';

let dir: string;
let path: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lock-'));
  path = join(dir, 'locks', 'it');
});
afterEach(() => rm(dir, { recursive: true }));

const isFree = async (): Promise<boolean> => (await run('flock', ['-n', path, 'true'])).exitCode === 0;

it('keeps others out while the work is done, and no longer', async () => {
  await withLock(path, async () => {
    expect(await isFree()).toBe(false);
    expect(await readFile(path, 'utf8')).toMatch(new RegExp(`^process ${process.pid} since 2`));
  });
  expect(await isFree()).toBe(true);
  await expect(withLock(path, () => Promise.reject(new Error('work')))).rejects.toThrow('work');
  expect(await isFree()).toBe(true);
});

it('waits for its turn and says who has the lock', async () => {
  const order: string[] = [];
  const owners: string[] = [];
  const first = withLock(path, async () => {
    await sleep(300);
    order.push('first');
  });
  await expect.poll(isFree).toBe(false);
  await withLock(path, async () => void order.push('second'), { onWait: (owner) => owners.push(owner) });
  await first;
  expect(order).toEqual(['first', 'second']);
  expect(owners).toEqual([expect.stringContaining(`process ${process.pid} since`)]);
});

it('does without waiting when it is told to', async () => {
  const nobody = async () => Promise.reject(new Error('must not run'));
  await withLock(path, async () => expect(await withFreeLock(path, nobody)).toBeNull());
  expect(await withFreeLock(path, async () => isFree())).toBe(false);
  expect(await isFree()).toBe(true);
});

it('stops waiting when it is interrupted', async () => {
  const controller = new AbortController();
  await withLock(path, async () => {
    const onWait = () => controller.abort('SIGINT');
    const waiting = withLock(path, async () => {}, { signal: controller.signal, onWait });
    await expect(waiting).rejects.toThrow(new Interrupted('SIGINT'));
  });
});

it('is not inherited by commands that were not given it', async () => {
  let survivor: Promise<unknown> = Promise.resolve();
  await withLock(path, async () => {
    survivor = run('sleep', ['1']);
  });
  expect(await isFree()).toBe(true);
  await survivor;
});

it('is free when its holder was killed', async () => {
  const holder = startScript('hold-lock.ts', path);
  await firstLine(holder);
  expect(await isFree()).toBe(false);
  holder.kill('SIGKILL');
  await ending(holder);
  expect(await isFree()).toBe(true);
});

it('is held by what a killed holder left behind, until that has ended', async () => {
  const holder = startScript('hold-lock.ts', path, '2');
  const survivor = Number(await firstLine(holder));
  holder.kill('SIGKILL');
  await ending(holder);
  await sleep(100);
  expect(isAlive(survivor)).toBe(true);
  expect(await isFree()).toBe(false);
  await withLock(path, async () => expect(isAlive(survivor)).toBe(false));
});

it('says that a file system cannot lock instead of taking that for a lock', async () => {
  const before = process.env['PATH'];
  const script = '#!/bin/sh\necho "flock: 3: No locks available" >&2\nexit 71\n';
  await writeFile(join(dir, 'flock'), script, { mode: 0o755 });
  process.env['PATH'] = `${dir}:${before}`;
  try {
    const locked = withLock(path, async () => {});
    await expect(locked).rejects.toMatchObject({ code: 'lock-failed', why: 'flock: 3: No locks available' });
  } finally {
    process.env['PATH'] = before;
  }
});

it('says that flock is missing instead of waiting for ever', async () => {
  const before = process.env['PATH'];
  process.env['PATH'] = dir;
  try {
    await expect(withLock(path, async () => {})).rejects.toMatchObject({ code: 'command-not-found' });
  } finally {
    process.env['PATH'] = before;
  }
});

it('says where the lock cannot be made', async () => {
  const inFile = join(import.meta.filename, 'lock');
  await expect(withLock(inFile, async () => {})).rejects.toMatchObject({ code: 'state-not-writable' });
});
