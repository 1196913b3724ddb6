// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, type State } from '@uio-msi/host';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTools } from './tools.js';

let state: State;
beforeEach(async () => {
  state = await openState(await mkdtemp(join(tmpdir(), 'uio-msi-tools-')));
});
afterEach(() => rm(state.dir, { recursive: true }));

const open = () =>
  openTools({
    state,
    progress: () => {},
    signal: new AbortController().signal,
    suiteBundle: () => Promise.reject(new Error('there is no suite')),
  });

it('finds out once what several cells ask for at the same time and later', async () => {
  const { once } = open();
  let asked = 0;
  const ask = () => once('tree', async () => ++asked);
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  expect(await ask()).toBe(1);
  expect(await once('another', async () => ++asked)).toBe(2);
});

it('finds out again what could not be found out', async () => {
  const { once } = open();
  await expect(once('tree', () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
  expect(await once('tree', async () => 'found')).toBe('found');
});
