// SPDX-License-Identifier: MIT
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState } from '@uio-msi/host';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Files, makeRepository, type Repository, readAll } from '../../testing/repository.js';
import { type Patch, parsePatchFile } from '../patch/patch.js';
import { applySeries } from './apply.js';
import { applyOnce, type Store } from './remembered.js';

const text = (third: string): string => `one\ntwo\n${third}\nfour\nfive\n`;

let repository: Repository;
let store: Store;
let dir: string;
beforeEach(async () => {
  repository = await makeRepository({ a: text('three'), b: 'b\n' });
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-once-'));
  store = { gitDir: repository.gitDir, state: await openState(dir) };
});
afterEach(async () => {
  await repository.remove();
  await rm(dir, { recursive: true });
});

const series = async (...steps: Files[]): Promise<Patch[]> => {
  const base = repository.git('rev-parse', 'HEAD');
  for (const files of steps) await repository.commit(files, 'step');
  const texts = await readAll(await repository.formatPatches(base));
  repository.git('reset', '-q', '--hard', base);
  return Promise.all(texts.map((patch, at) => parsePatchFile(`${at + 1}.patch`, patch)));
};
const tree = () => repository.git('rev-parse', 'HEAD^{tree}');
const kept = () => readdir(join(dir, 'applied')).catch(() => []);

it('gives what applying gives, asked once; a message is no part of it', async () => {
  const patches = await series({ a: text('drei') }, { b: 'c\n' });
  const first = await applyOnce(store, tree(), patches);
  expect(first).toEqual(await applySeries(store.gitDir, tree(), patches));
  const worded = patches.map((patch) => ({ ...patch, subject: 'better', message: 'said' }));
  const again = await applyOnce(store, tree(), worded, { signal: AbortSignal.abort('asked git') });
  expect(again.tree).toBe(first.tree);
  expect(again.patches.map(({ subject }) => subject)).toEqual(['better', 'better']);
});

it('applies again for another tree, another diff, or a store that lost its trees', async () => {
  const patches = await series({ a: text('drei') });
  const { tree: first } = await applyOnce(store, tree(), patches);
  expect((await applyOnce(store, tree(), await series({ a: text('trois') }))).tree).not.toBe(first);
  const other = await repository.commit({ b: 'other\n' });
  expect((await applyOnce(store, other, patches)).tree).not.toBe(first);
  expect(await kept()).toHaveLength(3);
  const lost = join(store.gitDir, 'objects', (first ?? '').slice(0, 2), (first ?? '').slice(2));
  await rm(lost);
  repository.git('reset', '-q', '--hard', 'HEAD~1');
  expect((await applyOnce(store, tree(), patches)).tree).toBe(first);
  expect(repository.git('cat-file', '-t', first ?? '')).toBe('tree');
});

it('does not remember what the store may know better tomorrow', async () => {
  const patches = await series({ a: text('drei') });
  const drifted = await repository.commit({ a: text('three').replace('one', 'eins') });
  expect((await applyOnce(store, drifted, patches)).patches[0]?.status).toBe('three-way');
  expect((await applyOnce(store, await repository.commit({ a: 'x\n' }), patches)).tree).toBeNull();
  expect(await kept()).toEqual([]);
});
