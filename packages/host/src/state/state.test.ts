// SPDX-License-Identifier: MIT
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openState, requireSpace } from './state.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'state-'));
});
afterEach(() => rm(dir, { recursive: true }));

it('makes the folder and names what is in it', async () => {
  const state = await openState(join(dir, 'deep', 'state'));
  expect((await stat(state.dir)).isDirectory()).toBe(true);
  expect(state.path('runs', 'x')).toBe(join(dir, 'deep', 'state', 'runs', 'x'));
});

it('says that the folder cannot be written, also to root', async () => {
  await expect(openState(import.meta.filename)).rejects.toMatchObject({ code: 'state-not-writable' });
  await expect(openState('/proc/uio-msi')).rejects.toMatchObject({ code: 'state-not-writable' });
  await expect(openState('/sys/uio-msi')).rejects.toMatchObject({ code: 'state-not-writable' });
});

it('says how much room is missing', async () => {
  await requireSpace(dir, 1, 'a byte');
  await expect(requireSpace(dir, 2 ** 60, 'importing linux')).rejects.toMatchObject({
    code: 'disk-full',
    message: expect.stringMatching(/^importing linux needs 1073741824\.0 GiB and .* has [\d.]+ GiB left$/),
  });
});
