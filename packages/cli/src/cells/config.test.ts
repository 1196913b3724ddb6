// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCompiledOnly, overOf } from '@uio-msi/build';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT } from '../world/root.js';
import { openConfig } from './config.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'uio-msi-configs-'));
  const configs = join(root, 'linux-tree/configs');
  await mkdir(join(configs, 'arch'), { recursive: true });
  for (const name of ['minimal', 'debug', 'arch/arm64']) await writeFile(join(configs, `${name}.config`), '');
  await writeFile(join(configs, 'all.config'), '# Over make allmodconfig\n');
});
afterEach(() => rm(root, { recursive: true }));

const names = async (name: string, arch?: string) =>
  (await openConfig(root, name, arch)).fragments.map((one) => one.name.replace('linux-tree/configs/', ''));

it('is merged over minimal and what the architecture wants otherwise', async () => {
  expect(await names('debug')).toEqual(['minimal.config', 'debug.config']);
  expect(await names('debug', 'arm64')).toEqual(['minimal.config', 'arch/arm64.config', 'debug.config']);
  expect(await names('minimal', 'arm64')).toEqual(['minimal.config', 'arch/arm64.config']);
});

it("stands alone when it says which of the kernel's own it is over", async () => {
  expect(await names('all')).toEqual(['all.config']);
  expect(await names('all', 'arm64')).toEqual(['all.config']);
});

it('is over allmodconfig and compiled only, when it is allmod, and no other is', async () => {
  const { fragments } = await openConfig(ROOT, 'allmod');
  expect(overOf(fragments)).toBe('allmodconfig');
  expect(isCompiledOnly(fragments)).toBe(true);
  for (const name of ['minimal', 'builtin', 'no-msi', 'debug', 'kcsan', 'rt']) {
    const other = (await openConfig(ROOT, name)).fragments;
    expect([overOf(other), isCompiledOnly(other)]).toEqual([null, false]);
  }
});

it('is named with those there are when there is none of that name', async () => {
  await expect(names('none')).rejects.toMatchObject({
    code: 'unknown-config',
    next: expect.stringContaining('debug'),
  });
});
