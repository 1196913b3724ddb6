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
const inspect = async (before: string | null, after: string) => {
  for (const [tree, text] of Object.entries({ base: before, worktree: after })) {
    if (text === null) continue;
    await mkdir(dirname(join(dir, tree, PAGE)), { recursive: true });
    await writeFile(join(dir, tree, PAGE), text);
  }
  const tree = { worktree: join(dir, 'worktree'), baseDir: join(dir, 'base'), buildDir: '', compiler: '' };
  const { findings } = await documentation.run({ ...tree, make: nothing, makeWithout: nothing }, [PAGE], {});
  return findings;
};

const SHORT = { tool: 'docutils', kind: 'warning', file: PAGE, message: 'Title underline too short.' };

it('finds what docutils warns of', async () => {
  expect(await inspect(null, 'A page\n====\n')).toMatchObject([{ ...SHORT, line: 2 }]);
});

it('does not blame the series for what was there, wherever it is now', async () => {
  const after = 'A line.\n\nA page\n====\n\n:nonsense:`x`\n';
  expect(await inspect('A page\n====\n', after)).toMatchObject([
    { kind: 'error', line: 6, message: 'Unknown interpreted text role "nonsense".' },
  ]);
});

it('leaves to Sphinx what only Sphinx knows', async () => {
  expect(await inspect(null, 'See :c:func:`x` and :ref:`y`.\n\n.. kernel-doc:: a.c\n   :export:\n')).toEqual(
    [],
  );
  expect(messageIn('a.rst:1: (ERROR/3) Unknown directive type "kernal-doc".')).not.toBeNull();
});
