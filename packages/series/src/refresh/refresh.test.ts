// SPDX-License-Identifier: MIT
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { command, writeFiles } from '../../testing/repository.js';
import { bundleScript, ending, startScript } from '../../testing/script.js';
import { makeWorkshop, NOW, type Workshop } from '../../testing/work.js';
import { loadSeries } from '../load.js';
import { staleVariants } from '../stale.js';
import { editSeries } from '../work/edit.js';
import { refreshSeries } from './refresh.js';

// Some hundred processes of git each.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let shop: Workshop;
let before: Record<string, string>;
beforeEach(async () => {
  shop = await makeWorkshop();
  vi.stubEnv('HOME', shop.dir);
  vi.stubEnv('GIT_CONFIG_NOSYSTEM', '1');
  before = await shop.files();
  await shop.edit();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await shop.remove();
});

const refresh = async (why?: string) => refreshSeries(await shop.series(), shop.tree, { now: NOW, why });

/** Replaces a line of a file in the worktree. */
const put = async (file: string, from: string, to: string) => {
  const path = join(shop.tree, file);
  const text = await readFile(path, 'utf8');
  expect(text).toContain(`${from}\n`);
  await writeFile(path, text.replace(`${from}\n`, `${to}\n`));
};

/** Puts changes of the worktree into a commit that is not the last, as people do. */
const fixup = (subject: string) => {
  shop.git('commit', '-qa', '--fixup', `:/${subject}`);
  shop.git('-c', 'sequence.editor=true', 'rebase', '-q', '-i', '--autosquash', 'base');
};

/** The names of files that differ from those at the beginning. */
const touched = async () => {
  const after = await shop.files();
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((file) => before[file] !== after[file])
    .sort();
};

const [ONE, TWO, THREE] = ['0001-tiny-first.patch', '0002-tiny-second.patch', '0003-tiny-third.patch'];

it('has the patches as commits, with author, date and notes, by who commits', () => {
  expect(shop.git('log', '--reverse', '--format=%an <%ae> %cn %s', 'base..')).toBe(
    ['first', 'second', 'third'].map((word) => `A <a@example.org> C tiny: ${word}`).join('\n'),
  );
  expect(shop.git('log', '-1', '--format=%b', ':/first')).toBe('Why.\n---\nv2:\n - one');
  expect(shop.git('status', '--porcelain')).toBe('');
});

it('writes nothing when nothing changed, also when all commits are others', async () => {
  shop.git('-c', 'sequence.editor=true', 'rebase', '-q', '--force-rebase', 'base');
  const result = await refresh();
  expect(result.patches.map(({ status }) => status)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  expect(result.written).toEqual([]);
  expect(await touched()).toEqual([]);
});

it('keeps every byte of a patch that was written otherwise than we would', async () => {
  const path = join(shop.folder, ONE ?? '');
  const odd = (await readFile(path, 'utf8')).replace('From 0', 'From 1').replace(/$/, '-- \n2.39.5\n\n');
  await writeFile(path, odd);
  await shop.edit();
  await put('drivers/a.c', 'second', 'other');
  fixup('second');
  expect((await refresh()).written).toEqual([TWO]);
  expect(await readFile(path, 'utf8')).toBe(odd);
});

it('changes the patch that changed, and blob ids of those behind it in the same file', async () => {
  await put('drivers/a.c', 'first', 'FIRST');
  fixup('first');
  const result = await refresh();
  expect(result.patches.map(({ status }) => status)).toEqual(['changed', 'lines-only', 'unchanged']);
  expect(await touched()).toEqual([ONE, TWO]);
  expect(result.stale).toEqual([]);
  const text = (await shop.files())[ONE ?? ''] ?? '';
  expect(text).toBe(
    before[ONE ?? '']
      ?.replace('+first', '+FIRST')
      .replace(/^index .*$/m, /^index .*$/m.exec(text)?.[0] ?? ''),
  );
  expect((await refresh()).written).toEqual([]);
});

it('has the sign-offs that git adds where they count, and no variant is stale for them', async () => {
  const mine = 'Signed-off-by: C <c@example.org>';
  const sign = () => shop.git('-c', 'sequence.editor=true', 'rebase', '-q', '--signoff', 'base');
  sign();
  const result = await refresh();
  expect(result.patches.map(({ status }) => status)).toEqual(['changed', 'changed', 'changed']);
  expect(result.stale).toEqual([]);
  const { patches, variants } = await shop.series();
  expect(patches.map(({ trailers }) => `${trailers.at(-1)?.key}: ${trailers.at(-1)?.value}`)).toEqual([
    mine,
    mine,
    mine,
  ]);
  expect(patches.map(({ notes }) => notes)).toEqual(['v2:\n - one', '', '']);
  expect(staleVariants({ patches, variants })).toEqual([]);
  sign();
  expect((await refresh()).written).toEqual([]);
});

it('says which variants a change may have made stale', async () => {
  await put('drivers/a.c', 'second', 'other');
  fixup('second');
  expect((await refresh()).stale).toEqual([{ line: '6.1', file: `variants/6.1/${TWO}` }]);
});

it('renames, adds, drops and reorders, and keeps all lists in step', async () => {
  shop.git('commit', '-q', '--amend', '-m', 'tiny: another name');
  await writeFile(join(shop.tree, 'drivers/d.c'), 'd\n');
  shop.git('add', '--sparse', 'drivers/d.c');
  shop.git('commit', '-qm', 'tiny: fourth');
  const script = join(shop.dir, 'todo.sh');
  await writeFile(
    script,
    '#!/bin/sh\nfor n in 4p 2p 3p; do sed -n $n "$1"; done >"$1.new" && mv "$1.new" "$1"\n',
    {
      mode: 0o755,
    },
  );
  shop.git('-c', `sequence.editor=${script}`, 'rebase', '-q', '-i', 'base');
  const result = await refresh();
  expect(result.patches.map(({ file, was, status }) => [file, was, status])).toEqual([
    ['0001-tiny-fourth.patch', null, 'added'],
    ['0002-tiny-second.patch', TWO, 'lines-only'],
    ['0003-tiny-another-name.patch', THREE, 'changed'],
  ]);
  expect(result.dropped).toEqual([ONE]);
  const files = await shop.files();
  expect(Object.keys(files)).toEqual([
    '0001-tiny-fourth.patch',
    '0002-tiny-second.patch',
    '0003-tiny-another-name.patch',
    'cover.md',
    'series',
    'series.yaml',
    'variants/6.1/0002-tiny-second.patch',
  ]);
  expect(files['series']).toBe(
    '0001-tiny-fourth.patch\n0002-tiny-second.patch\n0003-tiny-another-name.patch\n',
  );
  expect(files['series.yaml']).toMatch(
    /^# a comment that stays\nname: tiny\n[\s\S]*base: "7.2"\npatches:\n {2}- 0001-tiny-fourth/,
  );
  await expect(loadSeries(shop.folder)).resolves.toMatchObject({ patches: { length: 3 } });
});

it('moves a variant along with its patch, and renumbers', async () => {
  shop.git('rebase', '-q', '--onto', 'base', ':/first');
  const result = await refresh();
  expect(result.patches.map(({ file }) => file)).toEqual(['0001-tiny-second.patch', '0002-tiny-third.patch']);
  const files = await shop.files();
  expect(files['variants/6.1/0001-tiny-second.patch']).toBe(before[`variants/6.1/${TWO}`]);
  expect(files['series.yaml']).toContain(
    'patch: 0001-tiny-second.patch, file: variants/6.1/0001-tiny-second.patch',
  );
  expect(files['0002-tiny-third.patch']).toBe(before[THREE ?? '']);
});

it('takes notes from below ---, and keeps them when git am has lost them', async () => {
  const said = 'tiny: first\n\nWhy.\n---\nv3:\n - two\nv2:\n - one';
  shop.git('checkout', '-q', ':/first');
  shop.git('commit', '-q', '--amend', '-m', said);
  shop.git('rebase', '-q', '--onto', 'HEAD', 'tiny~2', 'tiny');
  expect((await refresh()).written).toEqual([ONE]);
  expect((await shop.files())[ONE ?? '']).toContain(
    '\nWhy.\n---\nv3:\n - two\nv2:\n - one\n---\n drivers/a.c | 2 +-\n',
  );
  const now = await shop.files();
  shop.git('reset', '-q', '--hard', 'base');
  shop.git('am', '-q', ...[ONE, TWO, THREE].map((file) => join(shop.folder, file ?? '')));
  expect(shop.git('log', '-1', '--format=%b', ':/first')).toBe('Why.');
  expect((await refresh()).written).toEqual([]);
  expect(await shop.files()).toEqual(now);
});

describe('on an older line', () => {
  beforeEach(async () => {
    const kernel = await shop.kernel('6.1', { Makefile: 'old:\n' });
    await rm(shop.tree, { recursive: true });
    await editSeries(await shop.series(), kernel, shop.tree, false, shop.context);
  });

  it('makes and changes variants alone', async () => {
    await put('drivers/a.c', 'first', 'older');
    fixup('first');
    await expect(refresh()).rejects.toMatchObject({ code: 'variant-why' });
    expect(await touched()).toEqual([]);
    await refresh('it is older');
    expect(await touched()).toEqual(['series.yaml', `variants/6.1/${ONE}`, `variants/6.1/${TWO}`]);
    const { variants } = await shop.series();
    expect(variants.map(({ patch, why }) => [patch, why])).toEqual([
      [TWO, 'because'],
      [ONE, 'it is older'],
    ]);
  });

  it('makes no variant of a patch whose lines another variant moved', async () => {
    const manifest = join(shop.folder, 'series.yaml');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace(/^variants:\n(?: .*\n)+/m, ''));
    await rm(join(shop.folder, 'variants'), { recursive: true });
    const kernel = await shop.kernel('6.1', { Makefile: 'older:\n' });
    await rm(shop.tree, { recursive: true });
    await editSeries(await shop.series(), kernel, shop.tree, false, shop.context);
    await put('drivers/a.c', 'first', 'first\nand a line');
    fixup('first');
    const { patches } = await refresh('it is older');
    expect(patches.map(({ status }) => status)).toEqual(['changed', 'unchanged', 'unchanged']);
    expect((await shop.series()).variants.map(({ patch }) => patch)).toEqual([ONE]);
  });

  it('refuses what only the series itself can have', async () => {
    shop.git('reset', '-q', '--hard', 'HEAD~1');
    await expect(refresh()).rejects.toMatchObject({ code: 'variant-shape' });
  });
});

describe('refuses, and changes nothing for', () => {
  const cases: readonly (readonly [code: string, what: string, spoil: () => unknown])[] = [
    ['worktree-dirty', 'changes in no commit', () => appendFile(join(shop.tree, 'Makefile'), 'x\n')],
    ['head-detached', 'a detached HEAD', () => shop.git('checkout', '-q', '--detach')],
    [
      'base-other',
      'a branch upon something else',
      () => shop.git('checkout', '-q', '--orphan', 'other') + shop.git('commit', '-qm', 'x'),
    ],
    ['nothing-left', 'no commits', () => shop.git('reset', '-q', '--hard', 'base')],
    [
      'merge-commit',
      'a merge',
      () => {
        shop.git('checkout', '-q', '-b', 'side', 'base');
        shop.git('commit', '-q', '--allow-empty', '-m', 'x');
        shop.git('merge', '-q', '--no-edit', 'tiny');
      },
    ],
    ['worktree-busy', 'a rebase under way', () => mkdir(join(shop.tree, '.git/rebase-merge'))],
    [
      'patches-popped',
      'patches that stgit has popped',
      () => {
        shop.git('update-ref', 'refs/patches/tiny/third', 'HEAD');
        shop.git('update-ref', 'refs/patches/tiny/third.log', 'HEAD');
        shop.git('reset', '-q', '--hard', 'HEAD~1');
      },
    ],
    [
      'series-changed',
      'patches that somebody changed',
      () => appendFile(join(shop.folder, THREE ?? ''), '\n'),
    ],
    [
      'patch-mode',
      'a link',
      () => {
        shop.git(
          'update-index',
          '--add',
          '--cacheinfo',
          `120000,${shop.git('hash-object', '-w', 'Makefile')},drivers/x`,
        );
        shop.git('commit', '-qm', 'x');
        shop.git('reset', '-q', '--hard');
      },
    ],
    ['commit-empty', 'an empty commit', () => shop.git('commit', '-q', '--allow-empty', '-m', 'x')],
  ];
  it.each(cases)('%s: %s', async (code, _, spoil) => {
    await spoil();
    before = await shop.files();
    await expect(refresh()).rejects.toMatchObject({ code, exitCode: 2, next: expect.stringMatching(/./) });
    expect(await touched()).toEqual([]);
  });

  it('a patch that this kernel has already, which is dropped as it says', async () => {
    shop.git('reset', '-q', '--hard', 'base');
    shop.git('commit', '-q', '--allow-empty', '-m', 'tiny: first');
    shop.git('am', '-q', '-3', join(shop.folder, THREE ?? ''));
    const refused = (await refresh().catch((error) => error)) as { code: string; next: string };
    expect(refused.code).toBe('commit-empty');
    const advice = refused.next.slice(refused.next.indexOf('git ') + 'git '.length);
    shop.git(...advice.split(' '));
    expect((await refresh()).patches.map(({ subject }) => subject)).toEqual(['tiny: third']);
  });

  it('a clock in the past', async () => {
    const back = refreshSeries(await shop.series(), shop.tree, { now: NOW - 86_400 });
    await expect(back).rejects.toMatchObject({ code: 'clock-in-past' });
  });

  it('a worktree of something else', async () => {
    await expect(refreshSeries(await shop.series(), shop.dir, { now: NOW })).rejects.toMatchObject({
      code: 'worktree-missing',
    });
    const other = { ...(await shop.series()), dir: '/elsewhere' };
    await expect(refreshSeries(other, shop.tree, { now: NOW })).rejects.toMatchObject({
      code: 'worktree-other',
    });
  });
});

it('killed at each step, is all of the old or all of the new, and does the rest when it is called again', async () => {
  const script = await bundleScript(new URL('../../testing/refresh-series.ts', import.meta.url));
  await put('drivers/a.c', 'first', 'FIRST');
  fixup('first');
  shop.git('commit', '-q', '--amend', '-m', 'tiny: another name');
  const kept = await readFile(join(shop.tree, '.git/uio-msi.json'), 'utf8');
  const run = (step: number) => ending(startScript(script, shop.folder, shop.tree, `${step}`));
  let after: Record<string, string> | null = null;
  let steps = 0;
  for (let step = 0, killed = true; killed; step += 1) {
    const [, signal] = await run(step);
    killed = signal === 'SIGKILL' || step === 0;
    expect((await run(0))[0], `after being killed at step ${step}`).toBe(0);
    after ??= await shop.files();
    expect(await shop.files()).toEqual(after);
    steps = step;
    await rm(shop.folder, { recursive: true });
    await writeFiles(shop.folder, before);
    await writeFile(join(shop.tree, '.git/uio-msi.json'), kept);
  }
  expect(await touched()).toEqual([]);
  expect(after?.['series']).toContain('0003-tiny-another-name.patch');
  expect(steps).toBeGreaterThan(12);
}, 300_000);

it('takes back what was done with quilt on a copy of the patches', async () => {
  shop.git('checkout', '-q', '--detach', 'base');
  const quilt = (...args: string[]) => {
    const env = { QUILT_PATCHES: shop.folder, QUILT_SERIES: join(shop.folder, 'series'), HOME: shop.dir };
    const { ok, stdout, stderr } = command(shop.tree, 'quilt', ['--quiltrc=-', ...args], { env });
    expect(ok, stdout + stderr).toBe(true);
  };
  quilt('push', '-a');
  quilt('pop', '1');
  await put('drivers/a.c', 'second', 'by quilt');
  quilt('refresh', '-p', 'ab', '--no-index', '--no-timestamps');
  quilt('push');
  // The folder has what quilt wrote; commits are made of it, and refresh writes them as git does.
  const copy = await shop.files();
  await Promise.all(
    [ONE, TWO, THREE].map((file) => writeFile(join(shop.dir, file ?? ''), copy[file ?? ''] ?? '')),
  );
  await Promise.all(
    [ONE, TWO, THREE].map((file) => writeFile(join(shop.folder, file ?? ''), before[file ?? ''] ?? '')),
  );
  await rm(join(shop.tree, '.pc'), { recursive: true });
  shop.git('reset', '-q', '--hard');
  shop.git('clean', '-qfd');
  shop.git('switch', '-q', 'tiny');
  shop.git('reset', '-q', '--hard', 'base');
  shop.git('quiltimport', '--patches', shop.dir, '--series', join(shop.folder, 'series'));
  expect((await refresh()).patches.map(({ status }) => status)).toEqual([
    'unchanged',
    'changed',
    'unchanged',
  ]);
  expect(await touched()).toEqual([TWO]);
  expect((await shop.files())[TWO ?? '']).toMatch(/^index [0-9a-f]{40}\.\.[0-9a-f]{40} 100644$/m);
});
