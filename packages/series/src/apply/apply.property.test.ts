// SPDX-License-Identifier: MIT
import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { PROPERTY } from '../../testing/property.js';
import { makeRepository, type Repository, readAll } from '../../testing/repository.js';
import { withEmptyTemporary } from '../../testing/temporary.js';
import { type Patch, parsePatchFile } from '../patch/patch.js';
import { applySeries } from './apply.js';

// Few different lines, so that hunks fit in several places, and some that look like a diff's own.
const line = fc.constantFrom(
  'a',
  'b',
  'c',
  '}',
  '',
  '\treturn;',
  '-- ',
  '- 2.39',
  '-- a/x',
  '++ b/x',
  '@@ -1 +1 @@',
);
const path = fc.constantFrom('x.c', 'drivers/uio/uio.c', 'drivers/uio/Kconfig', 'a b/c d', 'new/deep/er/z.h');
const text = fc
  .array(line, { minLength: 1, maxLength: 30 })
  .map((lines) => lines.map((l) => `${l}\n`).join(''));

const edit = fc.record({ path, at: fc.nat(30), remove: fc.nat(4), insert: fc.array(line, { maxLength: 3 }) });
const commit = fc.array(edit, { minLength: 1, maxLength: 4 });
type Edit = { path: string; at: number; remove: number; insert: string[] };

/** The files behind some edits; one that has no lines left is removed. */
const edited = (files: Record<string, string>, edits: readonly Edit[]): Record<string, string | null> => {
  const result: Record<string, string | null> = { ...files };
  for (const { path, at, remove, insert } of edits) {
    const lines = (result[path] ?? '').split('\n').slice(0, -1);
    lines.splice(at, remove, ...insert);
    if (lines.length > 0) result[path] = `${lines.join('\n')}\n`;
    else if (files[path] === undefined) delete result[path];
    else result[path] = null;
  }
  return result;
};

const present = (files: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).flatMap(([path, text]) => (text === null ? [] : [[path, text]])));

let repository: Repository;
afterEach(() => rm(repository.dir, { recursive: true, force: true }));

it('gives the trees that git am gives, and fails where it fails', async () => {
  const property = fc.asyncProperty(
    fc.dictionary(path, text, { minKeys: 1 }),
    fc.array(commit, { minLength: 1, maxLength: 3 }),
    fc.array(edit, { maxLength: 2 }),
    async (base, commits, drift) => {
      repository = await makeRepository(base);
      const root = repository.git('rev-parse', 'HEAD');
      let files = base;
      for (const edits of commits) {
        const next = edited(files, edits);
        await repository.commit(next, 'a commit');
        files = present(next);
      }
      const paths = await repository.formatPatches(root);
      const nonEmpty = (await readAll(paths)).map((body) => body.includes('\ndiff --git '));
      fc.pre(nonEmpty.every(Boolean));
      const patches = await Promise.all(
        (await readAll(paths)).map((body, i) => parsePatchFile(`${i + 1}.patch`, body)),
      );
      repository.git('reset', '-q', '--hard', root);
      const tree = await repository.commit(edited(base, drift), 'drift');
      const result = await applySeries(repository.gitDir, tree, patches);
      for (const [i, file] of paths.entries()) {
        const { status, tree: ours } = result.patches[i] ?? {};
        if (!repository.tryGit('am', '-q', file).ok) {
          expect(status).not.toMatch(/clean|offset/);
          break;
        }
        expect(status).toMatch(/clean|offset/);
        expect(ours).toBe(repository.git('rev-parse', 'HEAD^{tree}'));
      }
      await repository.remove();
    },
  );
  await fc.assert(property, { ...PROPERTY, numRuns: 25 });
}, 120_000);

it('survives patches that were tampered with, and lets nothing odd into a tree', async () => {
  repository = await makeRepository({ 'drivers/uio/uio.c': 'a\nb\nc\n', x: 'x\n' });
  const root = repository.git('rev-parse', 'HEAD');
  await repository.commit({ 'drivers/uio/uio.c': 'a\nB\nc\n', 'drivers/uio/new.c': 'new\n', x: null });
  const [original = ''] = await readAll(await repository.formatPatches(root));
  const tree = repository.git('rev-parse', `${root}^{tree}`);
  const odd = fc.constantFrom(
    ...[
      '../x',
      '/etc/x',
      '.git/hooks/x',
      'a/',
      'b/',
      '/dev/null',
      '120000',
      '160000',
      '100755',
      '0',
      '-',
      '+',
      '@@',
    ],
    ...[
      '\n',
      '\r',
      '\ufffd',
      '"',
      '\\056',
      'rename from x\n',
      'copy to x\n',
      'diff --git a/x b/x\n',
      'new file mode 100644\n',
    ],
    ...['--- a/../x\n', '+++ b/.git/config\n', 'deleted file mode 100644\n', 'GIT binary patch\n', ':(glob)'],
  );
  const mutation = fc.record({ at: fc.nat(original.length), remove: fc.nat(12), insert: odd });
  const property = fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
    const mutated = mutations.reduce(
      (t, { at, remove, insert }) => t.slice(0, at) + insert + t.slice(at + remove),
      original,
    );
    const patch = await parsePatchFile('1.patch', mutated).catch((error) => {
      expect(error).toMatchObject({ exitCode: 2 });
      return null;
    });
    if (patch) await expectOrderly(tree, patch);
  });
  await fc.assert(property, { ...PROPERTY, numRuns: 150 });
  expect(repository.git('status', '--porcelain')).toBe('');
}, 120_000);

const expectOrderly = async (tree: string, patch: Patch) => {
  const result = await withEmptyTemporary(() => applySeries(repository.gitDir, tree, [patch]));
  expect(result.tree === null).toBe(result.patches[0]?.rejected.length !== 0);
  const entries = repository.git('ls-tree', '-r', '-t', result.tree ?? tree).split('\n');
  for (const entry of entries)
    expect(entry).toMatch(/^(100644 blob|100755 blob|040000 tree) \S+\t(?!.*(\.\.|\.git))/);
  repository.git('fsck', '--strict', result.tree ?? tree);
};
