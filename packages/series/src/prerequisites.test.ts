// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFiles } from '../testing/repository.js';
import { FOLDER, MANIFEST } from '../testing/series-folder.js';
import { loadSeries } from './load.js';
import { loadPrerequisites } from './prerequisites.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-series-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** Writes a series by this name that needs others. */
const write = (name: string, needs: readonly string[]) => {
  const list = needs.map((one) => `  - ${one.includes(':') ? one : `series: ${one}`}\n`).join('');
  const manifest = MANIFEST.replace(/^name: .*/m, `name: ${name}`);
  const files = { ...FOLDER, 'series.yaml': `${manifest}\nprerequisites:${list ? `\n${list}` : ' []\n'}` };
  return writeFiles(join(dir, name), files);
};

const namesNeeded = async (name: string) =>
  (await loadPrerequisites(await loadSeries(join(dir, name)))).map((one) => one.name);

it('gives what a series needs before it, each once', async () => {
  await write('top', ['middle', 'bottom']);
  await write('middle', ['bottom', 'message-id: 20261122-1@example.org']);
  await write('bottom', []);
  expect(await namesNeeded('top')).toEqual(['bottom', 'middle']);
  expect(await namesNeeded('bottom')).toEqual([]);
});

it('refuses a series that needs itself, and says how', async () => {
  await write('a', ['b']);
  await write('b', ['a']);
  await expect(namesNeeded('a')).rejects.toMatchObject({
    code: 'prerequisite-circle',
    message: expect.stringContaining('series.yaml'),
  });
});

it('says which one is not there', async () => {
  await write('a', ['nowhere']);
  await expect(namesNeeded('a')).rejects.toMatchObject({ code: 'series-missing' });
});
