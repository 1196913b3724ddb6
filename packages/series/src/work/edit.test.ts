// SPDX-License-Identifier: MIT
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeWorkshop, type Workshop } from '../../testing/work.js';

// Some hundred processes of git each.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let shop: Workshop;
beforeEach(async () => {
  shop = await makeWorkshop();
  vi.stubEnv('HOME', shop.dir);
  vi.stubEnv('GIT_CONFIG_NOSYSTEM', '1');
  await shop.edit();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await shop.remove();
});

/** What somebody does to a patch file by hand. */
const changePatch = () => appendFile(join(shop.folder, '0003-tiny-third.patch'), '\n');

const commit = (): string => {
  shop.git('commit', '-q', '--allow-empty', '-m', 'mine');
  return shop.git('rev-parse', 'HEAD');
};

it('does not make a worktree anew where somebody works, on a branch or on none', async () => {
  await changePatch();
  shop.git('checkout', '-q', '--detach');
  const mine = commit();
  await expect(shop.edit()).rejects.toMatchObject({ code: 'worktree-has-work' });
  expect(shop.git('rev-parse', 'HEAD')).toBe(mine);
  shop.git('checkout', '-q', '-b', 'other');
  await expect(shop.edit()).rejects.toMatchObject({ code: 'worktree-has-work' });
});

// What no branch has, and no status shows.
const unseen: readonly (readonly [string, () => Promise<string> | string])[] = [
  [
    'a tag',
    () => {
      const mine = commit();
      shop.git('tag', 'kept');
      shop.git('reset', '-q', '--hard', 'HEAD~1');
      return mine;
    },
  ],
  [
    'a reflog',
    () => {
      const mine = commit();
      shop.git('reset', '-q', '--hard', 'HEAD~1');
      return mine;
    },
  ],
  [
    'patches that stgit has popped',
    () => {
      const mine = commit();
      shop.git('update-ref', 'refs/patches/tiny/mine', mine);
      shop.git('reset', '-q', '--hard', 'HEAD~1');
      return mine;
    },
  ],
  [
    'files that are ignored',
    async () => {
      await mkdir(join(shop.tree, '.git/info'), { recursive: true });
      await appendFile(join(shop.tree, '.git/info/exclude'), '*.patch\n');
      await writeFile(join(shop.tree, 'mine.patch'), 'mine\n');
      return 'HEAD';
    },
  ],
];

it.each(unseen)('keeps the old worktree, with %s', async (_, work) => {
  const mine = await work();
  await changePatch();
  const { found, kept } = await shop.edit();
  expect({ found, kept }).toEqual({ found: false, kept: `${shop.tree}.old-1` });
  expect(shop.git('-C', `${kept}`, 'rev-parse', `${mine}^{commit}`)).toMatch(/^[0-9a-f]{40}$/);
  expect(shop.git('-C', `${kept}`, 'reflog')).not.toBe('');
  if (mine === 'HEAD') expect(await readFile(join(`${kept}`, 'mine.patch'), 'utf8')).toBe('mine\n');
  await changePatch();
  expect((await shop.edit()).kept).toBe(`${shop.tree}.old-2`);
});
