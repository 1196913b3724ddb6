// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lines, makeWorkshop, type Workshop, withLine } from '../../testing/work.js';
import type { KernelBase } from '../work/make.js';
import { type BackportOptions, makeBackport } from './backport.js';
import { openUpstream } from './repository.js';

let shop: Workshop;
let stable: KernelBase;
let linus: string;
beforeEach(async () => {
  shop = await makeWorkshop();
  // Ten lines more before what the patches change.
  stable = await shop.kernel('6.1', { 'drivers/a.c': `${lines('old', 10)}${lines('a')}` });
  linus = join(shop.dir, 'linus');
  mkdirSync(linus);
  git('init', '-q', '-b', 'master');
  writeFileSync(join(linus, '.git/objects/info/alternates'), `${shop.store}/objects\n`);
  git('reset', '-q', '--hard', shop.old.commit);
});
afterEach(() => shop.remove());

const git = (...args: string[]): string => {
  const who = ['-c', 'user.name=Linus', '-c', 'user.email=linus@example.org', '-c', 'commit.gpgSign=false'];
  return execFileSync('git', ['-C', linus, ...who, ...args], { encoding: 'utf8' }).trim();
};

/** Takes patches into Linus' tree, as a maintainer does; gives their commits. */
const merge = async (...files: readonly string[]): Promise<string[]> => {
  for (const file of files) git('am', '-q', '-s', join(shop.folder, file));
  return git('rev-list', '--reverse', `${shop.old.commit}..master`).split('\n');
};

const backport = async (options: Partial<BackportOptions> = {}) => {
  const series = await shop.series();
  return makeBackport({
    series,
    only: null,
    kernel: stable,
    store: shop.store,
    upstream: await openUpstream(linus, null, {}),
    named: new Map(),
    needs: [],
    mention: 'commit',
    by: 'jane@kernel.org',
    ...options,
  });
};

const names = async (): Promise<string[]> => (await shop.series()).patches.map(({ file }) => file);

it('refuses what is not upstream, and names each patch and what to do', async () => {
  const [first = '', ...others] = await names();
  await merge(first);
  await expect(backport()).rejects.toMatchObject({
    code: 'not-upstream',
    exitCode: 2,
    message: expect.stringContaining(others.join(', ')),
    why: expect.stringContaining('refs/heads/master'),
    next: expect.stringMatching(/Cc: <stable@vger\.kernel\.org> # .*--upstream/s),
  });
});

it('writes what git am makes of it the tree of the line, with the upstream commits', async () => {
  const commits = await merge(...(await names()));
  const { patches, needed, present } = await backport();
  expect(patches.map(({ upstream }) => upstream)).toEqual(commits);
  expect(patches.map(({ text }) => /^Subject: (.*)$/m.exec(text)?.[1])).toEqual([
    '[PATCH 6.1.y 1/3] tiny: first',
    '[PATCH 6.1.y 2/3] tiny: second',
    '[PATCH 6.1.y 3/3] tiny: third',
  ]);
  for (const [at, { text }] of patches.entries()) {
    expect(text).toContain(`\n\ncommit ${commits[at]} upstream.\n\n`);
    // The maintainer's, of Linus' tree; the notes of revisions stay here.
    expect(text).toContain(
      'Signed-off-by: Linus <linus@example.org>\nCc: <stable@vger.kernel.org> # 6.1.x\n',
    );
    expect(text).not.toContain('v2:');
  }
  expect([needed, present]).toEqual([[], []]);
  git('checkout', '-q', '--detach', stable.commit);
  for (const { file, text } of patches) writeFileSync(join(linus, file), text);
  git('am', '-q', ...patches.map(({ file }) => join(linus, file)));
  expect(git('show', 'HEAD:drivers/a.c')).toBe(
    `${lines('old', 10)}${withLine(withLine(lines('a'), 10, 'first'), 30, 'second')}`.trim(),
  );
});

it('takes what the series has for the line, and says in brackets who adjusted what', async () => {
  await merge(...(await names()));
  const { patches } = await backport();
  expect(patches.map(({ adjusted }) => adjusted)).toEqual([null, 'because', null]);
  expect(patches[1]?.text).toContain('# 6.1.x\n[jane@kernel.org: because]\n---\n');
});

it('finds a commit whose subject a maintainer changed by its patch-id', async () => {
  const [first = ''] = await names();
  await merge(first);
  git('commit', '-q', '--amend', '-m', 'tiny: the first of all\n\nSigned-off-by: Linus <linus@example.org>');
  const { patches } = await backport({ only: ['1'] });
  expect(patches[0]).toMatchObject({ upstream: git('rev-parse', 'HEAD') });
  expect(patches[0]?.text).toContain('Subject: [PATCH 6.1.y] tiny: the first of all\n');
});

it('takes a backport in the same repository for no upstream commit', async () => {
  const [first = ''] = await names();
  await merge(first);
  git('commit', '-q', '--amend', '-m', `tiny: first\n\ncommit ${'1'.repeat(40)} upstream.\n\nWhy.`);
  await expect(backport({ only: ['1'] })).rejects.toMatchObject({ code: 'not-upstream' });
});

it('notes what is not what was merged, and what nobody here could compare', async () => {
  const [first = '', second = ''] = await names();
  await merge(first);
  writeFileSync(join(linus, 'drivers/a.c'), withLine(lines('a'), 10, 'another'));
  git('commit', '-q', '-a', '--amend', '--no-edit');
  const other = await backport({ only: ['1'] });
  expect(other.notes).toContainEqual(expect.stringContaining('does not change what the patch'));
  const blind = await backport({ only: ['2'], named: new Map([[second, 'f'.repeat(40)]]) });
  expect(blind.notes).toContainEqual(expect.stringContaining('nothing here has ffffffffffff'));
  expect(blind.patches[0]?.text).toContain(`commit ${'f'.repeat(40)} upstream.`);
});

it('refuses a commit that is another one, nobody’s, or not in the tree of Linus', async () => {
  const [first = '', second = ''] = await names();
  const [one = ''] = await merge(first);
  const named = (file: string, commit: string) =>
    backport({ only: [file], named: new Map([[file, commit]]) });
  await expect(named(second, one)).rejects.toMatchObject({ code: 'upstream-other' });
  await expect(named(first, 'abcdef012345')).rejects.toMatchObject({ code: 'upstream-unknown' });
  git('checkout', '-q', '-b', 'next');
  await merge(second);
  const next = git('rev-parse', 'HEAD');
  await expect(named(second, next)).rejects.toMatchObject({ code: 'upstream-elsewhere' });
});

it('lists what has to be there first, and leaves out what is there', async () => {
  const [first = ''] = await names();
  const [one = ''] = await merge(first);
  const kernel = await shop.kernel('6.1', { 'drivers/a.c': withLine(lines('a'), 10, 'first') });
  await expect(backport({ kernel, only: ['1'] })).rejects.toMatchObject({ code: 'stable-has-it' });
  const [, second = ''] = await names();
  const { present, patches } = await backport({
    kernel,
    only: ['1', '2'],
    named: new Map([[second, 'f'.repeat(40)]]),
    needs: [one.slice(0, 12)],
  });
  expect(present).toEqual([first]);
  expect(patches[0]?.text).toContain(
    `Cc: <stable@vger.kernel.org> # 6.1.x: ${one.slice(0, 12)}: tiny: first\nCc: <stable@vger.kernel.org> # 6.1.x\n`,
  );
});

it('refuses a line where it does not apply, its own, and a branch that is not there', async () => {
  await merge(...(await names()));
  const kernel = await shop.kernel('6.1', { 'drivers/a.c': lines('other') });
  await expect(backport({ kernel })).rejects.toMatchObject({
    code: 'not-applying-stable',
    next: expect.stringContaining('series refresh --kernel'),
  });
  await expect(backport({ kernel: shop.old })).rejects.toMatchObject({ code: 'stable-newer' });
  await expect(backport({ only: ['9'] })).rejects.toMatchObject({ code: 'no-such-patch' });
  await expect(openUpstream(linus, 'nothing', {})).rejects.toMatchObject({ code: 'git-unreadable' });
  await expect(openUpstream(linus, '--output=x', {})).rejects.toMatchObject({ code: 'git-unreadable' });
});
