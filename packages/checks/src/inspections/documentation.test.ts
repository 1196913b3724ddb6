// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { documentation, messageIn } from './documentation.js';

const nothing = () => Promise.reject(new Error('make was called'));

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-docs-'));
});
afterEach(() => rm(dir, { recursive: true }));

const PAGE = 'Documentation/uio.rst';
const inspect = async (text: string) => {
  await mkdir(dirname(join(dir, PAGE)), { recursive: true });
  await writeFile(join(dir, PAGE), text);
  const tree = { worktree: dir, buildDir: '', compiler: '', make: nothing };
  return (await documentation.run(tree, [PAGE], {})).findings;
};

const SHORT = { tool: 'docutils', kind: 'warning', file: PAGE, message: 'Title underline too short.' };

it('finds what docutils warns of', async () => {
  expect(await inspect('A page\n====\n')).toMatchObject([{ ...SHORT, line: 2 }]);
});

it('finds what docutils takes for an error', async () => {
  expect(await inspect(':nonsense:`x`\n')).toMatchObject([
    { kind: 'error', line: 1, message: 'Unknown interpreted text role "nonsense".' },
  ]);
});

it('leaves to Sphinx what only Sphinx knows', async () => {
  expect(await inspect('See :c:func:`x` and :ref:`y`.\n\n.. kernel-doc:: a.c\n   :export:\n')).toEqual([]);
  expect(messageIn('a.rst:1: (ERROR/3) Unknown directive type "kernal-doc".')).not.toBeNull();
});
