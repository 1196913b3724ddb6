// SPDX-License-Identifier: MIT
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editSeries, type KernelBase, loadSeries, type Series } from '../src/index.js';
import { command, type Files, makeRepository, writeFiles } from './repository.js';

/** Lines of a file that is long enough for changes apart from each other. */
export const lines = (name: string, count = 60): string =>
  Array.from({ length: count }, (_, at) => `${name} ${at + 1}\n`).join('');

/** A text with one of its lines, counted from 1, replaced. */
export const withLine = (text: string, at: number, line: string): string =>
  text
    .split('\n')
    .map((old, i) => (i === at - 1 ? line : old))
    .join('\n');

const OLD = { 'drivers/a.c': lines('a'), 'drivers/b.c': lines('b'), Makefile: 'all:\n' };

/** Two kernels in a store, and a series of three patches for the first. */
export interface Workshop {
  readonly dir: string;
  readonly store: string;
  readonly old: KernelBase;
  /** The old kernel with other files. */
  readonly kernel: (line: string, files: Files) => Promise<KernelBase>;
  /** The folder of the series, and how it is now. */
  readonly folder: string;
  readonly series: () => Promise<Series>;
  /** All its files by path. */
  readonly files: () => Promise<Record<string, string>>;
  /** The worktree. */
  readonly tree: string;
  /** A git command in the worktree that must succeed. */
  readonly git: (...args: string[]) => string;
  readonly context: { store: string; memory: string; now: number };
  readonly edit: () => ReturnType<typeof editSeries>;
  /** Makes the series what it was, and takes the worktree away. */
  readonly restore: (files: Record<string, string>) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** The time of all tests, after the patches were written. */
export const NOW = 1_800_000_000;

/** Makes a {@link Workshop}. Its patches are what `git format-patch` makes, with notes and a variant. */
export const makeWorkshop = async (): Promise<Workshop> => {
  const dir = await mkdtemp(join(tmpdir(), 'uio-msi-work-'));
  const repository = await makeRepository(OLD);
  const base = repository.git('rev-parse', 'HEAD');
  const folder = join(dir, 'patches/tiny');
  const tree = join(dir, 'tree');
  await repository.commit(
    { 'drivers/a.c': withLine(OLD['drivers/a.c'], 10, 'first') },
    'tiny: first\n\nWhy.\n---\nv2:\n - one',
  );
  await repository.commit(
    { 'drivers/a.c': withLine(withLine(OLD['drivers/a.c'], 10, 'first'), 30, 'second') },
    'tiny: second\n\nBecause.',
  );
  await repository.commit({ 'drivers/c.c': lines('c', 8) }, 'tiny: third');
  const args = ['--full-index', '--zero-commit', '--no-signature', '-N', '-o', folder, base];
  repository.git('format-patch', '-q', ...args);
  repository.git('reset', '-q', '--hard', base);
  const names = (await readdir(folder)).sort();
  const second = await readFile(join(folder, names[1] ?? ''), 'utf8');
  await writeFiles(folder, {
    series: names.map((name) => `${name}\n`).join(''),
    'series.yaml': manifest(names),
    [`variants/6.1/${names[1]}`]: second,
    'cover.md': '# tiny\n',
  });
  await writeFile(join(dir, '.gitconfig'), '[user]\n\tname = C\n\temail = c@example.org\n');
  const store = repository.gitDir;
  const context = { store, memory: join(dir, 'resolutions'), now: NOW };
  const series = () => loadSeries(folder);
  const old = { line: '7.2', version: '7.2.6', commit: base };
  return {
    dir,
    store,
    old,
    kernel: async (line, files) => {
      repository.git('checkout', '-q', '--detach', base);
      await repository.commit(files, `linux ${line}`);
      return { line, version: `${line}.1`, commit: repository.git('rev-parse', 'HEAD') };
    },
    folder,
    series,
    files: async () => {
      const found = await readdir(folder, { recursive: true, withFileTypes: true });
      const paths = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
      const pairs = paths.map(
        async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const,
      );
      return Object.fromEntries((await Promise.all(pairs)).sort());
    },
    tree,
    git: (...args) => {
      const { ok, stdout, stderr } = command(existsSync(tree) ? tree : dir, 'git', args, {
        env: { HOME: dir, GIT_EDITOR: 'true' },
      });
      if (!ok) throw new Error(`git ${args.join(' ')}: ${stderr}${stdout}`);
      return stdout.trim();
    },
    context,
    edit: async () => editSeries(await series(), old, tree, false, context),
    restore: async (files) => {
      await rm(tree, { recursive: true, force: true });
      await rm(folder, { recursive: true });
      await writeFiles(folder, files);
    },
    remove: async () => {
      await rm(dir, { recursive: true });
      await repository.remove();
    },
  };
};

const manifest = (names: readonly string[]): string => `# a comment that stays
name: tiny
revision: 2
change-id: 20261005-tiny-0123456789ab
subject: "tiny: an example"
prefix: PATCH
base: "7.2"
patches:
${names.map((name) => `  - ${name}\n`).join('')}variants:
  - {line: "6.1", patch: ${names[1]}, file: variants/6.1/${names[1]}, why: because}
config: [CONFIG_UIO=m]
modules: [drivers/uio/uio.ko]
matrix: {kernels: ["7.2", "6.1"]}
`;
