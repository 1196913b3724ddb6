// SPDX-License-Identifier: MIT
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bundleScript, ending, startScript } from '../../testing/script.js';
import { lines, makeWorkshop, NOW, type Workshop, withLine } from '../../testing/work.js';
import { refreshSeries } from '../refresh/refresh.js';
import type { KernelBase } from '../work/make.js';
import { abortRebase, continueRebase, isRebasing, startRebase } from './rebase.js';

// Some hundred processes of git each.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let shop: Workshop;
let before: Record<string, string>;
beforeEach(async () => {
  shop = await makeWorkshop();
  vi.stubEnv('HOME', shop.dir);
  vi.stubEnv('GIT_CONFIG_NOSYSTEM', '1');
  before = await shop.files();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await shop.remove();
});

const start = async (to: KernelBase) =>
  startRebase(await shop.series(), shop.old, to, shop.tree, shop.context);
const goOn = async () => continueRebase(await shop.series(), shop.tree, { now: NOW });
const giveUp = async () => abortRebase(await shop.series(), shop.tree, { now: NOW });

const A = lines('a');
const [ONE, TWO, THREE] = ['0001-tiny-first.patch', '0002-tiny-second.patch', '0003-tiny-third.patch'];

/** A kernel whose line 30 of drivers/a.c is another: the second patch conflicts there. */
const conflicting = () => shop.kernel('7.3', { 'drivers/a.c': withLine(A, 30, 'theirs') });

const resolveBy = async (text: string) => {
  const path = join(shop.tree, 'drivers/a.c');
  const conflict = await readFile(path, 'utf8');
  expect(conflict).toMatch(/^<<<<<<< .*\ntheirs\n\|\|\|\|\|\|\| .*\na 30\n=======\nsecond\n>>>>>>> /m);
  await writeFile(path, conflict.replace(/^<<<<<<<[\s\S]*>>>>>>> .*\n/m, `${text}\n`));
  shop.git('add', 'drivers/a.c');
};

it('moves a series, follows a renamed file, and says what happened to each patch', async () => {
  const moved = withLine(`new 1\nnew 2\n${A}`, 12, 'first');
  const to = await shop.kernel('7.3', { 'drivers/a.c': null, 'drivers/renamed.c': moved });
  const manifest = join(shop.folder, 'series.yaml');
  const based = `base-commit: ${'a'.repeat(40)}\npatches:`;
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('patches:', based));
  expect((await shop.series()).baseCommit).toBe('a'.repeat(40));
  const result = await start(to);
  expect(result).toMatchObject({ done: true, conflicts: [] });
  expect(result.patches).toEqual([
    { file: ONE, status: 'already-upstream' },
    { file: TWO, status: 'three-way' },
    { file: THREE, status: 'clean' },
  ]);
  const series = await shop.series();
  expect(series.base).toBe('7.3');
  expect(series.baseCommit).toBeNull();
  expect(series.patches.map(({ file }) => file)).toEqual(['0001-tiny-second.patch', '0002-tiny-third.patch']);
  expect(series.patches[0]?.changes[0]?.to).toBe('drivers/renamed.c');
  expect((await shop.files())['0002-tiny-third.patch']).toBe(before[THREE ?? '']);
  expect((await refreshSeries(series, shop.tree, { now: NOW })).written).toEqual([]);
});

it('keeps the patches of before for the line that they come from, where the new ones do not apply', async () => {
  const to = await shop.kernel('7.3', { 'drivers/a.c': withLine(A, 31, 'theirs') });
  const changed = withLine(withLine(A, 10, 'first'), 30, 'second');
  expect((await start(to)).patches[1]?.status).toBe('conflict');
  await writeFile(join(shop.tree, 'drivers/a.c'), withLine(changed, 31, 'theirs'));
  shop.git('add', 'drivers/a.c');
  const result = await goOn();
  expect(result.patches.map(({ status }) => status)).toEqual(['clean', 'resolved', 'clean']);
  expect(result.variants).toEqual([`variants/7.2/${ONE}`, `variants/7.2/${TWO}`]);
  const after = await shop.files();
  expect(after[`variants/7.2/${TWO}`]).toBe(before[TWO ?? '']);
  expect(after[`variants/6.1/${TWO}`]).toBe(before[`variants/6.1/${TWO}`]);
  expect((await shop.series()).variants.map(({ line }) => line)).toEqual(['6.1', '7.2', '7.2']);
});

it('waits with a conflict, changes nothing until it is resolved, and remembers how', async () => {
  const to = await conflicting();
  const stopped = await start(to);
  expect(stopped).toMatchObject({ done: false, conflicts: ['drivers/a.c'] });
  expect(stopped.patches.map(({ status }) => status)).toEqual(['clean', 'conflict', 'waiting']);
  expect(await shop.files()).toEqual(before);
  await expect(start(to)).rejects.toMatchObject({ code: 'rebase-running' });
  await expect(goOn()).rejects.toMatchObject({ code: 'rebase-unresolved' });
  await resolveBy('both');
  expect((await goOn()).patches.map(({ status }) => status)).toEqual(['clean', 'resolved', 'clean']);
  const after = await shop.files();
  expect(after[TWO ?? '']).toContain('-theirs\n+both\n');
  expect(after[ONE ?? '']).toContain('---\nv2:\n - one\n---\n');
  await expect(goOn()).rejects.toMatchObject({ code: 'rebase-none' });

  const again = await makeWorkshop();
  try {
    const other = await again.kernel('7.3', { 'drivers/a.c': withLine(A, 30, 'theirs') });
    const context = { ...again.context, memory: shop.context.memory };
    const result = await startRebase(await again.series(), again.old, other, again.tree, context);
    expect(result.patches.map(({ status }) => status)).toEqual(['clean', 'remembered', 'clean']);
    expect((await again.series()).patches[1]?.diff).toBe((await shop.series()).patches[1]?.diff);
  } finally {
    await again.remove();
  }
});

it('takes a conflict that was resolved with git cherry-pick --continue', async () => {
  await start(await conflicting());
  await resolveBy('both');
  shop.git('cherry-pick', '--continue');
  expect(await goOn()).toMatchObject({ done: true, patches: [{}, { status: 'resolved' }, {}] });
});

it('drops a patch that is resolved to nothing, and says so', async () => {
  await start(await conflicting());
  await resolveBy('theirs');
  expect((await goOn()).patches[1]).toEqual({ file: TWO, status: 'empty' });
  expect((await shop.series()).patches).toHaveLength(2);
});

it.each([
  ['left markers', async () => shop.git('add', 'drivers/a.c')],
  [
    'did not add',
    async () => {
      await resolveBy('both');
      await writeFile(join(shop.tree, 'Makefile'), 'x\n');
    },
  ],
])('does not go on when somebody %s', async (_, spoil) => {
  await start(await conflicting());
  await spoil();
  await expect(goOn()).rejects.toMatchObject({ code: 'rebase-unresolved' });
  expect(await shop.files()).toEqual(before);
});

it('does not take what is above a resolution for one, and says how it is kept', async () => {
  await start(await conflicting());
  await resolveBy('both');
  shop.git('cherry-pick', '--continue');
  await writeFile(join(shop.tree, 'Makefile'), 'all: more\n');
  shop.git('commit', '-qam', 'tiny: one more');
  const [resolved, mine] = [shop.git('rev-parse', 'HEAD~1'), shop.git('rev-parse', 'HEAD')];
  await expect(goOn()).rejects.toMatchObject({
    code: 'rebase-beyond',
    next: expect.stringMatching(
      new RegExp(
        `^git branch mine && git reset --hard ${resolved}, .*git cherry-pick ${resolved}\\.\\.mine$`,
      ),
    ),
  });
  shop.git('branch', 'mine');
  shop.git('reset', '-q', '--hard', resolved);
  expect(await goOn()).toMatchObject({ done: true, patches: [{}, { status: 'resolved' }, {}] });
  shop.git('cherry-pick', `${resolved}..${mine}`);
  expect((await refreshSeries(await shop.series(), shop.tree, { now: NOW })).patches[3]?.subject).toBe(
    'tiny: one more',
  );
});

it('shows the conflict again to whoever went elsewhere, as it says', async () => {
  await start(await conflicting());
  shop.git('cherry-pick', '--abort');
  const head = shop.git('rev-parse', 'HEAD');
  shop.git('reset', '-q', '--hard', 'base');
  await expect(goOn()).rejects.toMatchObject({
    code: 'rebase-beyond',
    next: expect.stringContaining(`git reset --hard ${head}, then`),
  });
  shop.git('reset', '-q', '--hard', head);
  expect(await goOn()).toMatchObject({ done: false, conflicts: ['drivers/a.c'] });
});

it('gives up: the series is what it was, and nothing that was done in the worktree is lost', async () => {
  await start(await conflicting());
  await resolveBy('both');
  shop.git('cherry-pick', '--continue');
  await writeFile(join(shop.tree, 'Makefile'), 'all: more\n');
  shop.git('commit', '-qam', 'tiny: one more');
  await writeFile(join(shop.tree, 'notes.txt'), 'mine\n');
  const mine = shop.git('rev-parse', 'HEAD');
  const kept = await giveUp();
  expect(kept).toBe(`${shop.tree}.old-1`);
  expect(shop.git('-C', `${kept}`, 'rev-parse', 'HEAD')).toBe(mine);
  expect(await readFile(join(`${kept}`, 'notes.txt'), 'utf8')).toBe('mine\n');
  expect(await isRebasing(`${kept}`, await shop.series())).toBe(false);
  await expect(stat(shop.tree)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await shop.files()).toEqual(before);
  await expect(giveUp()).rejects.toMatchObject({ code: 'rebase-none' });
});

it('does not write over what somebody changed meanwhile', async () => {
  await start(await conflicting());
  await resolveBy('both');
  await writeFile(join(shop.folder, THREE ?? ''), `${before[THREE ?? '']}\n`);
  await expect(goOn()).rejects.toMatchObject({ code: 'series-changed' });
});

it('goes to no older line, and nowhere without an identity', async () => {
  const to = await shop.kernel('6.12', {});
  await expect(start(to)).rejects.toMatchObject({ code: 'rebase-older' });
  await expect(start(shop.old)).rejects.toMatchObject({ code: 'rebase-same' });
  vi.stubEnv('HOME', '/nowhere');
  const newer = await shop.kernel('7.3', {});
  await expect(start(newer)).rejects.toMatchObject({
    code: 'no-identity',
    next: expect.stringContaining('git config'),
  });
  await expect(stat(shop.tree)).rejects.toMatchObject({ code: 'ENOENT' });
});

describe('killed at each step', () => {
  it('goes on to where it would have gone', async () => {
    const script = await bundleScript(new URL('../../testing/rebase-series.ts', import.meta.url));
    const to = await conflicting();
    const wanted = await shop.kernel('7.3', { 'drivers/a.c': withLine(A, 30, 'theirs') });
    expect(wanted.commit).toBeTypeOf('string');
    const env = {
      dir: shop.folder,
      tree: shop.tree,
      store: shop.store,
      memory: join(shop.dir, 'none'),
      from: shop.old,
      to,
    };
    const run = (step: number) => ending(startScript(script, JSON.stringify(env), `${step}`));
    let after: Record<string, string> | null = null;
    let steps = 0;
    for (let step = 0, killed = true; killed; step += 1) {
      // Step 0 is none: the first round is what the others are compared with.
      const [, signal] = await run(step);
      killed = signal === 'SIGKILL' || step === 0;
      for (let round = 0; round < 3; round += 1) if ((await run(0))[0] === 0) break;
      const files = await shop.files();
      after ??= files;
      expect(files, `killed at step ${step}`).toEqual(after);
      expect(files[TWO ?? '']).toContain('-theirs\n+both\n');
      steps = step;
      await shop.restore(before);
    }
    expect(steps).toBeGreaterThan(12);
  }, 600_000);
});
