// SPDX-License-Identifier: MIT
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Files, makeRepository, type Repository, readAll } from '../../testing/repository.js';
import { withEmptyTemporary } from '../../testing/temporary.js';
import { type Patch, parsePatchFile } from '../patch/patch.js';
import { applySeries } from './apply.js';

const lines = (...changed: [number, string][]): string =>
  Array.from({ length: 40 }, (_, i) => `${new Map(changed).get(i + 1) ?? `line ${i + 1}`}\n`).join('');

let repository: Repository;
beforeEach(async () => {
  repository = await makeRepository({
    'drivers/uio/uio.c': lines(),
    'drivers/Makefile': 'a\nb\nc\n',
    README: 'r\n',
  });
});
afterEach(() => repository.remove());

/** Patches from one commit each upon HEAD, which is then left behind. */
const patches = async (...steps: Files[]): Promise<Patch[]> => {
  const base = repository.git('rev-parse', 'HEAD');
  for (const [i, files] of steps.entries()) await repository.commit(files, `step ${i + 1}`);
  const texts = await readAll(await repository.formatPatches(base));
  repository.git('reset', '-q', '--hard', base);
  return await Promise.all(texts.map((text, i) => parsePatchFile(`${i + 1}.patch`, text)));
};

const apply = async (series: Patch[], upon: Files = {}) =>
  applySeries(repository.gitDir, await repository.commit(upon, 'drift'), series);

const statuses = ({ patches }: Awaited<ReturnType<typeof apply>>) => patches.map(({ status }) => status);

const edit = { 'drivers/uio/uio.c': lines([20, 'twenty']) };

describe('one patch', () => {
  it('is clean where its line numbers say, and gives the tree that a commit gives', async () => {
    const result = await apply(await patches(edit));
    expect(statuses(result)).toEqual(['clean']);
    expect(result.tree).toBe(await repository.commit(edit));
    expect(result.patches[0]).toMatchObject({
      file: '1.patch',
      subject: 'step 1',
      tree: result.tree,
      rejected: [],
    });
  });

  it('has an offset when lines came in above', async () => {
    const result = await apply(await patches(edit), { 'drivers/uio/uio.c': `new\nnew\n${lines()}` });
    expect(statuses(result)).toEqual(['offset']);
    expect(result.tree).toBe(
      await repository.commit({ 'drivers/uio/uio.c': `new\nnew\n${lines([20, 'twenty'])}` }),
    );
  });

  it('is merged three ways when its context changed and its blob is known', async () => {
    const result = await apply(await patches(edit), { 'drivers/uio/uio.c': lines([18, 'eighteen']) });
    expect(statuses(result)).toEqual(['three-way']);
    expect(result.tree).toBe(
      await repository.commit({ 'drivers/uio/uio.c': lines([18, 'eighteen'], [20, 'twenty']) }),
    );
  });

  it('is fuzzy when its context changed and its blob is not known', async () => {
    const [patch] = await patches(edit);
    const unknown = { ...patch, diff: patch?.diff.replace(/^index .*$/m, '') ?? '' } as Patch;
    const result = await apply([unknown], { 'drivers/uio/uio.c': lines([17, 'seventeen']) });
    expect(statuses(result)).toEqual(['fuzz']);
    expect(result.tree).toBe(
      await repository.commit({ 'drivers/uio/uio.c': lines([17, 'seventeen'], [20, 'twenty']) }),
    );
  });

  it('is upstream already when the tree has it, also beside other changes', async () => {
    const [patch] = await patches(edit);
    const drift = await apply([patch as Patch], edit);
    expect(statuses(drift)).toEqual(['already-upstream']);
    expect(drift.tree).toBe(repository.git('rev-parse', 'HEAD^{tree}'));
    const beside = await apply([patch as Patch], { 'drivers/uio/uio.c': lines([18, 'x'], [20, 'twenty']) });
    expect(statuses(beside)).toEqual(['already-upstream']);
  });

  it('conflicts with the hunk that does not fit, and only that', async () => {
    const series = await patches({ 'drivers/uio/uio.c': lines([5, 'five'], [35, 'thirty-five']) });
    const result = await apply(series, { 'drivers/uio/uio.c': lines([35, 'other']) });
    expect(result.tree).toBeNull();
    expect(result.patches).toMatchObject([
      {
        status: 'conflict',
        tree: null,
        rejected: [
          {
            file: 'drivers/uio/uio.c',
            hunk: '@@ -32,7 +32,7 @@',
            reason: 'the lines it expects near line 32 are not in the file',
          },
        ],
      },
    ]);
  });

  it('names the file that is missing', async () => {
    const result = await apply(await patches(edit), { 'drivers/uio/uio.c': null });
    expect(result.patches).toMatchObject([
      {
        status: 'missing-file',
        rejected: [{ file: 'drivers/uio/uio.c', hunk: null, reason: 'there is no such file' }],
      },
    ]);
  });

  it.each([
    ['file', { 'drivers/new.c': 'other\n' }, 'it is there already, with other contents'],
    ['folder', { 'drivers/new.c/x': 'x\n' }, 'a folder, a link or a submodule is there in the tree'],
  ])('does not replace a %s by one that it makes', async (_, upon, reason) => {
    const result = await apply(await patches({ 'drivers/new.c': 'new\n' }), upon);
    expect(result.patches).toMatchObject([
      { status: 'conflict', rejected: [{ file: 'drivers/new.c', reason }] },
    ]);
  });

  it('makes no folder where a file is', async () => {
    const result = await apply(await patches({ 'README2/a': 'a\n' }), { README2: 'a file\n' });
    expect(result.patches).toMatchObject([{ status: 'conflict', tree: null }]);
    expect(result.patches[0]?.rejected).not.toEqual([]);
  });

  it('takes a name that git would take for a pattern as it is', async () => {
    const change = { ':(glob)*/x.c': 'x\n', 'drivers/[a-z]*.c': 'y\n' };
    const result = await apply(await patches(change));
    expect(result.tree).toBe(await repository.commit(change));
  });

  it('does not let in what git would change and we have not looked at', async () => {
    const [added] = await patches({ 'drivers/a.c': 'a\n', 'drivers/b.c': 'b\n' });
    const blind = { ...added, changes: added?.changes.slice(0, 1) } as Patch;
    expect((await apply([blind])).patches).toMatchObject([
      {
        status: 'conflict',
        tree: null,
        rejected: [{ file: 'drivers/b.c', reason: expect.stringMatching(/^git would/) }],
      },
    ]);
  });

  it('makes, moves and removes files and whole folders as a commit does', async () => {
    const change = { 'a/b/c/new.c': 'new\n', 'drivers/uio/uio.c': null, 'lib/uio.c': lines([3, 'three']) };
    const result = await apply(await patches(change));
    expect(result.tree).toBe(await repository.commit(change));
  });
});

describe('a series', () => {
  it('has a tree behind each patch', async () => {
    const steps = [edit, { 'new/x.c': 'x\n' }, { 'drivers/Makefile': 'a\nx\nb\nc\n' }];
    const result = await apply(await patches(...steps));
    for (const [i, step] of steps.entries())
      expect(result.patches[i]?.tree).toBe(await repository.commit(step));
  });

  it('tells of the patches behind a failure whether they fit', async () => {
    const series = await patches(
      { README: 'read\n' },
      edit,
      { 'drivers/uio/uio.c': lines([20, 'TWENTY']) },
      { 'drivers/Makefile': 'a\nx\nb\nc\n' },
      { 'drivers/Makefile': 'a\nx\nb\ny\nc\n' },
    );
    const result = await apply(series, { 'drivers/uio/uio.c': lines([20, 'other']) });
    expect(statuses(result)).toEqual(['clean', 'conflict', 'not-tried', 'clean', 'clean']);
    expect(result.patches.map(({ tree }) => tree === null)).toEqual([false, true, true, true, true]);
    expect(result.patches[2]?.rejected).toEqual([
      { file: 'drivers/uio/uio.c', hunk: null, reason: 'it is changed by 2.patch too, which did not apply' },
    ]);
    expect(result.tree).toBeNull();
  });

  it('is the base when it has no patches', async () => {
    const { tree } = await apply([]);
    expect(tree).toBe(repository.git('rev-parse', 'HEAD^{tree}'));
  });
});

describe('the surroundings', () => {
  it('stay as they are: references, worktree, temporary folders', async () => {
    const series = await patches(edit);
    const state = () => [repository.git('status', '--porcelain'), repository.git('show-ref')];
    const [before, tree] = [state(), repository.git('rev-parse', 'HEAD^{tree}')];
    const result = await withEmptyTemporary(() => applySeries(repository.gitDir, tree, series));
    expect(result.tree).not.toBe(tree);
    expect(state()).toEqual(before);
  });

  it('do not matter: GIT_* variables, or many at once', async () => {
    const series = await patches(edit, { 'drivers/Makefile': 'a\nx\nb\nc\n' });
    const tree = repository.git('rev-parse', 'HEAD^{tree}');
    process.env['GIT_INDEX_FILE'] = '/nonexistent/index';
    try {
      const results = await Promise.all(
        Array.from({ length: 8 }, () => applySeries(repository.gitDir, tree, series)),
      );
      expect(new Set(results.map((result) => result.tree)).size).toBe(1);
      expect(results.flatMap(statuses).every((status) => status === 'clean')).toBe(true);
    } finally {
      delete process.env['GIT_INDEX_FILE'];
    }
  });

  it('may end it', async () => {
    const series = await patches(edit);
    const signal = AbortSignal.abort('SIGINT');
    const tree = repository.git('rev-parse', 'HEAD^{tree}');
    await expect(applySeries(repository.gitDir, tree, series, { signal })).rejects.toMatchObject({
      exitCode: 130,
    });
    const soon = new AbortController();
    setTimeout(() => soon.abort('SIGINT'), 15);
    await expect(
      applySeries(repository.gitDir, tree, Array(100).fill(series[0]), { signal: soon.signal }),
    ).rejects.toMatchObject({ exitCode: 130 });
  });

  it('are at fault when there is no such tree or store', async () => {
    const series = await patches(edit);
    const nothing = '0123456789012345678901234567890123456789';
    await expect(applySeries(repository.gitDir, nothing, series)).rejects.toMatchObject({
      code: 'git-failed',
    });
    await expect(applySeries('/nonexistent', nothing, series)).rejects.toMatchObject({ exitCode: 3 });
  });
});
