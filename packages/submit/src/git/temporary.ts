// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import { gitDate, type Person, type Stamp } from '@uio-msi/series';

/** What git needs to know of a commit to write its mail down to the `---`. */
export interface Described {
  readonly author: Person;
  readonly date: Stamp;
  readonly subject: string;
  readonly message: string;
}

/** A repository that is gone when the work on it is done. */
export interface Temporary {
  /** Its folder; others beside the repository can be made here. */
  readonly dir: string;
  /** Runs git in it; gives what it prints. */
  readonly git: (args: readonly string[]) => Promise<string>;
}

/** Commits by the name of the branch that has them, oldest first. */
export type Branches = Readonly<Record<string, readonly Described[]>>;

// git of another repository, or with a user's settings for formats, would not write the same.
const CLEAN = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  LC_ALL: 'C',
};

/**
 * Makes branches of commits without changes, for what git itself says of commits.
 *
 * @throws {EnvironmentError} `git-failed`
 */
export const withCommits = async <T>(
  branches: Branches,
  signal: AbortSignal | undefined,
  work: (repository: Temporary) => Promise<T>,
): Promise<T> => {
  const dir = await mkdtemp(join(tmpdir(), 'uio-msi-mail-'));
  const gitDir = join(dir, 'git');
  const git = async (args: readonly string[], input?: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await run('git', args, { cwd: dir, env: CLEAN, signal, input });
    if (exitCode === 0) return stdout;
    throw new EnvironmentError({
      code: 'git-failed',
      message: 'git could not write the headers of the mails',
      why: stderr.trim().split('\n').at(-1),
      next: 'git 2.32 or newer is needed: ./uio-msi doctor says which there is',
    });
  };
  try {
    await git(['init', '--quiet', '--bare', '--template=', gitDir]);
    await git(['-C', gitDir, 'fast-import', '--quiet', '--force'], stream(branches));
    return await work({ dir, git: (args) => git(['-C', gitDir, ...args]) });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};

const stream = (branches: Branches): string =>
  Object.entries(branches)
    .flatMap(([branch, commits]) => commits.map((commit) => describe(branch, commit)))
    .join('');

const describe = (branch: string, { author, date, subject, message }: Described): string => {
  const text = `${subject}\n${message === '' ? '' : `\n${message}\n`}`;
  return [
    `commit refs/heads/${branch}`,
    `author ${`${author.name} <${author.address}>`.trimStart()} ${gitDate(date)}`,
    'committer mail <mail@localhost> 0 +0000',
    `data ${Buffer.byteLength(text)}`,
    `${text}\n`,
  ].join('\n');
};
