// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { artefactsAreWhole, keepArtefacts } from './artefacts.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'artefacts-test-'));
});
afterEach(() => rm(dir, { recursive: true }));

it('keeps what a build gave, and nothing that a killed run had begun to keep', async () => {
  const image = join(dir, 'bzImage');
  await writeFile(image, 'image');
  const kept = join(dir, 'kept');
  await mkdir(kept);
  const keep = (key: string, file: string) =>
    keepArtefacts(join(kept, key), 'cell', { image: file, modules: [], selftests: [] });
  await expect(keep('first', join(dir, 'gone'))).rejects.toThrow();
  expect(await readdir(kept)).toEqual(['cell.tmp']);
  const digest = await keep('second', image);
  expect(await readdir(kept)).toEqual(['second']);
  expect(await artefactsAreWhole(join(kept, 'second'), digest)).toBe(true);
});
