// SPDX-License-Identifier: MIT
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileDigest } from './digest.js';
import { remembered, rememberedDigest } from './remembered.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'remembered-'));
});
afterEach(() => rm(dir, { recursive: true }));

const counter = () => {
  let asked = 0;
  return async () => ++asked;
};

it('asks once for one content', async () => {
  const ask = counter();
  expect(await remembered(dir, { a: 1 }, ask)).toBe(1);
  expect(await remembered(dir, { a: 1 }, ask)).toBe(1);
  expect(await remembered(dir, { a: 2 }, ask)).toBe(2);
});

it('asks again when what it remembers is damaged', async () => {
  const ask = counter();
  await remembered(dir, 'x', ask);
  const [file = ''] = await readdir(dir);
  for (const text of ['', '{', '{"value":7}', '{"digest":"0","value":7}']) {
    await writeFile(join(dir, file), text);
    expect(await remembered(dir, 'x', ask)).toBeGreaterThan(1);
    expect(await remembered(dir, 'x', ask)).not.toBe(7);
  }
});

it('asks again when the answer no longer holds', async () => {
  const ask = counter();
  await remembered(dir, 'x', ask);
  const isNew = async (value: number) => value > 1;
  expect(await remembered(dir, 'x', ask, isNew)).toBe(2);
  expect(await remembered(dir, 'x', ask, isNew)).toBe(2);
});

it('remembers nothing that does not hold from the start', async () => {
  expect(await remembered(dir, 'x', counter(), async () => false)).toBe(1);
  expect(await readdir(dir)).toEqual([]);
});

it('remembers no failure', async () => {
  await expect(remembered(dir, 'x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await readdir(dir)).toEqual([]);
});

it('reads a file again when it is another one', async () => {
  const [memory, file] = [join(dir, 'memory'), join(dir, 'file')];
  for (const text of ['one', 'two', 'three']) {
    await writeFile(file, text);
    expect(await rememberedDigest(memory, file)).toBe(await fileDigest(file));
    expect(await rememberedDigest(memory, file)).toBe(await fileDigest(file));
  }
  expect(await readdir(memory)).toHaveLength(3);
});
