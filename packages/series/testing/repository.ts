// SPDX-License-Identifier: MIT
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Files by path; null: removed. */
export type Files = Readonly<Record<string, string | null>>;

/** What a command may have beside its arguments. */
export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

/** A command in a folder, with nothing of the user's configuration. */
export const command = (
  folder: string,
  name: string,
  args: readonly string[],
  { env, input = '' }: CommandOptions = {},
) => {
  const { status, stdout, stderr, error } = spawnSync(name, args, {
    cwd: folder,
    input,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      LC_ALL: 'C',
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@example.org',
      GIT_COMMITTER_NAME: 'C',
      GIT_COMMITTER_EMAIL: 'c@example.org',
      ...env,
    },
  });
  if (error) throw new Error(`${name} cannot be run: ${error.message}. The project's set-up installs it.`);
  return { ok: status === 0, stdout, stderr };
};

/** A repository with a worktree, made for one test. */
export interface Repository {
  readonly dir: string;
  readonly gitDir: string;
  /** The trimmed output of a git command that must succeed. */
  readonly git: (...args: string[]) => string;
  /** Like {@link git}, when failing is an answer. */
  readonly tryGit: (...args: string[]) => ReturnType<typeof command>;
  /** Commits files upon what is there; gives the tree. */
  readonly commit: (files: Files, message?: string) => Promise<string>;
  /** The commits since one, as `git format-patch` writes them into a folder; gives their paths. */
  readonly formatPatches: (since: string) => Promise<string[]>;
  readonly remove: () => Promise<void>;
}

/** Makes a repository with one commit. */
export const makeRepository = async (files: Files): Promise<Repository> => {
  const dir = await mkdtemp(join(tmpdir(), 'uio-msi-series-'));
  const tryGit = (...args: string[]) => command(dir, 'git', args);
  const git = (...args: string[]) => {
    const { ok, stdout, stderr } = tryGit(...args);
    if (!ok) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  const commit = async (changes: Files, message = 'base') => {
    await writeFiles(dir, changes);
    git('add', '--all', '.');
    git('commit', '-q', '--allow-empty', '-m', message);
    return git('rev-parse', 'HEAD^{tree}');
  };
  git('init', '-q', '-b', 'main');
  await writeFile(join(dir, '.git/info/exclude'), '.gitconfig\n*.out/\n');
  await commit(files);
  return {
    dir,
    gitDir: join(dir, '.git'),
    git,
    tryGit,
    commit,
    formatPatches: async (since) => {
      const out = join(dir, 'patches.out');
      await rm(out, { recursive: true, force: true });
      git('format-patch', '-q', '--full-index', '--zero-commit', '-o', out, since);
      return (await readdir(out)).toSorted().map((name) => join(out, name));
    },
    remove: () => rm(dir, { recursive: true }),
  };
};

/** Writes files below a folder, and removes those that are null. */
export const writeFiles = async (dir: string, files: Files): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    if (text === null) {
      await rm(join(dir, path));
      continue;
    }
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
};

/** The texts of files, by path, in order. */
export const readAll = (paths: readonly string[]): Promise<string[]> =>
  Promise.all(paths.map((path) => readFile(path, 'utf8')));
