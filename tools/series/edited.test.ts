// SPDX-License-Identifier: MIT
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadSeries, replaceOnce } from '@uio-msi/series';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DRIVER, editedSeries } from './edited.js';

const SERIES = resolve(import.meta.dirname, '../../patches/uio_msi');
const SOURCE = `int f(int a);

static int f(int a)
{
	return a;
}

static int
g(int a,
  int b)
{
	return a;
	return a;
}
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uio-msi-edited-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('adds a patch that the project reads, and replaces it', async () => {
  const { dir, edit } = await editedSeries(SERIES, join(folder, 'uio_msi'), SOURCE);
  for (const word of ['one', 'two']) {
    await edit((text) => replaceOnce(text, { within: 'f', from: 'return a;', to: `return ${word};` }));
    const { patches } = await loadSeries(dir);
    expect(patches).toHaveLength((await loadSeries(SERIES)).patches.length + 1);
    const [change] = patches.at(-1)?.changes ?? [];
    expect(change?.to).toBe(DRIVER);
    expect(change?.hunks[0]?.lines).toContain(`+\treturn ${word};`);
  }
  expect(await readFile(join(dir, 'series'), 'utf8')).toMatch(/\.patch\n9999-an-edit\.patch\n$/);
});

it('refuses an edit that changes nothing', async () => {
  const { edit } = await editedSeries(SERIES, join(folder, 'uio_msi'), SOURCE);
  await expect(edit((text) => text)).rejects.toThrow('changes nothing');
});
