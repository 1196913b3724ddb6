// SPDX-License-Identifier: MIT
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writePieces } from './pieces.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-pieces-'));
});
afterEach(() => rm(dir, { recursive: true }));

it('writes all pieces, one behind the other, however many and long', async () => {
  const path = join(dir, 'text');
  await writeFile(path, 'x'.repeat(10_000_000));
  const pieces = Array.from({ length: 500 }, (_, at) => `${at} ä `.repeat(1000));
  writePieces(path, pieces);
  expect((await readFile(path, 'utf8')) === pieces.join('')).toBe(true);
  writePieces(path, []);
  expect(await readFile(path, 'utf8')).toBe('');
});

it('throws on what making a piece throws', () => {
  function* broken() {
    yield 'a';
    throw new Error('no second piece');
  }
  expect(() => writePieces(join(dir, 'text'), broken())).toThrow('no second piece');
});
