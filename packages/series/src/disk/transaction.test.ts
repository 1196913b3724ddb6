// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bundleScript, ending, startScript } from '../../testing/script.js';
import { changeSeries, recoverSeries, requireFinished } from './transaction.js';

const order: string[] = [];
vi.mock('@uio-msi/host', async (original) => {
  const host = await original<typeof import('@uio-msi/host')>();
  const syncFolder: typeof host.syncFolder = async (folder) => {
    await host.syncFolder(folder);
    order.push(folder);
  };
  return { ...host, syncFolder };
});

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-change-'));
  await mkdir(join(dir, 'old'));
  await writeFile(join(dir, 'a'), 'a1\n');
  await writeFile(join(dir, 'old/b'), 'b1\n');
});
afterEach(() => rm(dir, { recursive: true }));

const content = async (): Promise<Record<string, string>> => {
  const found = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return Object.fromEntries(files.map((file, i) => [file.slice(dir.length + 1), texts[i] ?? '']));
};

const BEFORE = { a: 'a1\n', 'old/b': 'b1\n' };
const CHANGES = { a: 'a2\n', 'old/b': null, 'new/c': 'c1\n' };
const AFTER = { a: 'a2\n', 'new/c': 'c1\n' };

it('changes, removes and makes files, and leaves nothing beside them', async () => {
  await changeSeries(dir, new Map(Object.entries(CHANGES)));
  expect(await content()).toEqual(AFTER);
  expect((await readdir(dir)).sort()).toEqual(['a', 'new']);
  await expect(recoverSeries(dir)).resolves.toBe(false);
});

it('has each folder on the disk before the plan is gone', async () => {
  await changeSeries(dir, new Map(Object.entries({ ...CHANGES, 'new/deep/d': 'd\n' })), (step) => {
    if (step === 'planned') order.splice(0);
    if (step === 'done') order.push(step);
  });
  expect(order.map((folder) => folder.replace(dir, ''))).toEqual(['', '/new', '/new/deep', 'done']);
});

it('is left to the process that is at it, and whoever opens the series waits for that', async () => {
  let recovered: Promise<boolean> | null = null;
  const steps: string[] = [];
  await changeSeries(dir, new Map(Object.entries(CHANGES)), (step) => {
    if (step === 'planned') recovered = recoverSeries(dir, (other) => steps.push(other));
  });
  expect(await recovered).toBe(false);
  expect(steps).toEqual([]);
  expect(await content()).toEqual(AFTER);
});

describe('killed', () => {
  // Steps are counted until one run gets to its end.
  it('at any step leaves all of the old or, when it is carried out, all of the new', async () => {
    const script = await bundleScript(new URL('../../testing/change-series.ts', import.meta.url));
    const outcomes: string[] = [];
    for (let step = 1, killed = true; killed; step += 1) {
      await rm(dir, { recursive: true });
      await mkdir(join(dir, 'old'), { recursive: true });
      for (const [path, text] of Object.entries(BEFORE)) await writeFile(join(dir, path), text);
      const [, signal] = await ending(startScript(script, dir, JSON.stringify(CHANGES), `${step}`));
      killed = signal === 'SIGKILL';
      const waits = await requireFinished(dir).then(
        () => false,
        () => true,
      );
      await recoverSeries(dir);
      const { ...left } = await content();
      for (const path of Object.keys(left)) if (path.startsWith('.change.')) delete left[path];
      const whole = [BEFORE, AFTER].findIndex(
        (files) => JSON.stringify(files) === JSON.stringify(sorted(left)),
      );
      outcomes.push(`${waits ? 'waiting ' : ''}${['old', 'new'][whole]}`);
      await changeSeries(dir, new Map(Object.entries(CHANGES)));
      expect(await content()).toEqual(AFTER);
    }
    expect(outcomes).toEqual([...Array(5).fill('old'), ...Array(5).fill('waiting new'), 'new']);
  }, 120_000);
});

const sorted = (files: Record<string, string>) => Object.fromEntries(Object.entries(files).sort());

it.each(['../x', '/tmp/x', '.git/hooks/x', 'a/../../x', 'x\0y'])('writes nothing at %j', async (path) => {
  await expect(changeSeries(dir, new Map([[path, 'x']]))).rejects.toMatchObject({ code: 'file-outside' });
  expect(await content()).toEqual(BEFORE);
});

it('writes through no link', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'uio-msi-outside-'));
  await symlink(outside, join(dir, 'out'));
  await symlink(join(outside, 'x'), join(dir, 'x'));
  await expect(changeSeries(dir, new Map([['out/x', 'x']]))).rejects.toMatchObject({ code: 'file-outside' });
  await expect(changeSeries(dir, new Map([['x', 'x']]))).rejects.toMatchObject({ code: 'file-special' });
  expect(await readdir(outside)).toEqual([]);
  await rm(outside, { recursive: true });
});

it.each([
  ['leads out', { version: 1, files: [{ path: '../x', content: '0' }] }],
  ['takes from elsewhere', { version: 1, files: [{ path: 'x', content: '../../x' }] }],
  ['is of another kind', { version: 2, files: [] }],
  ['is no JSON', 'x'],
])('does not carry out a plan that %s', async (_, plan) => {
  await mkdir(join(dir, '.change'));
  await writeFile(join(dir, '.change/plan.json'), typeof plan === 'string' ? plan : JSON.stringify(plan));
  await expect(recoverSeries(dir)).rejects.toMatchObject({ code: 'file-outside' });
  await expect(requireFinished(dir)).rejects.toMatchObject({ code: 'series-unfinished' });
});

it('leaves alone what another process is preparing, and clears up behind one that is gone', async () => {
  await mkdir(join(dir, '.change.1'));
  await mkdir(join(dir, '.change.999999999'));
  await changeSeries(dir, new Map([['a', 'a2\n']]));
  expect((await readdir(dir)).sort()).toEqual(['.change.1', 'a', 'old']);
});
