// SPDX-License-Identifier: MIT
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { requireJsonTarget, writeJson } from './json.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'json-'));
});
afterEach(() => rm(dir, { recursive: true }));

it('sees beforehand that a file can be written, and leaves what is there', async () => {
  const target = join(dir, 'result.json');
  await writeFile(target, 'of yesterday');
  await requireJsonTarget(target);
  await requireJsonTarget('-');
  expect(await readdir(dir)).toEqual(['result.json']);
  expect(await readFile(target, 'utf8')).toBe('of yesterday');
  await writeJson(target, { version: 1 });
  expect(JSON.parse(await readFile(target, 'utf8'))).toEqual({ version: 1 });
});

it('makes the folder that is named, as writing does', async () => {
  await requireJsonTarget(join(dir, 'results/1.json'));
  expect(await readdir(join(dir, 'results'))).toEqual([]);
});

it('refuses a folder, which could not be written in the end', async () => {
  await expect(requireJsonTarget(dir)).rejects.toMatchObject({ why: 'it is a folder' });
});

// Also root may not write there.
it.each(['/proc/result.json', '/proc/no-such-folder/result.json'])('refuses %s', async (target) => {
  await expect(requireJsonTarget(target)).rejects.toMatchObject({
    code: 'json-not-written',
    message: `the result could not be written to ${target}`,
  });
});
