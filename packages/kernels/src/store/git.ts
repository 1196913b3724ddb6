// SPDX-License-Identifier: MIT
import { requireCommand } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import { GitError, simpleGit } from 'simple-git';

/** When we are run from a git hook, git is told about a repository that is not ours: forget it. */
export const OURSELVES: Readonly<Record<string, string | undefined>> = {
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  GIT_ALTERNATE_OBJECT_DIRECTORIES: undefined,
  GIT_NAMESPACE: undefined,
  LC_ALL: 'C',
};

/** And without anybody's settings, which may change content: line ends, filters, hooks. */
export const ISOLATED: Readonly<Record<string, string | undefined>> = {
  ...OURSELVES,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_COUNT: undefined,
  GIT_CONFIG_PARAMETERS: undefined,
};

// Always the same person at the same time: the same tree from the same source is the same commit.
const NOBODY = { NAME: 'uio-msi', EMAIL: 'uio-msi@localhost', DATE: '@0 +0000' };
const IDENTITY = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((role) =>
    Object.entries(NOBODY).map(([key, value]) => [`GIT_${role}_${key}`, value]),
  ),
);

const environment = (gitDir: string) => ({
  PATH: process.env['PATH'],
  GIT_DIR: gitDir,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  LC_ALL: 'C',
  ...IDENTITY,
});

/**
 * Runs git on a repository of ours, by simple-git, for plumbing that takes no time.
 *
 * @returns what it printed, without the last line end
 * @throws {EnvironmentError} `store-failed`; `command-not-found` without git
 */
export const git = async (gitDir: string, ...args: string[]): Promise<string> => {
  requireCommand('git');
  const env = environment(gitDir);
  try {
    const repository = simpleGit({
      baseDir: gitDir,
      // It takes a configuration or template that is named for an attack: here it is the defence.
      unsafe: { allowUnsafeConfigPaths: true, allowUnsafeTemplateDir: true },
      allowEnvironment: Object.keys(env),
    });
    return (await repository.env(env).raw(args)).trimEnd();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new EnvironmentError({
      code: 'store-failed',
      message: `git ${args.find((arg) => /^[a-z]/.test(arg) && !arg.includes('.'))} failed in ${gitDir}`,
      why: error.message.trim().split('\n')[0],
      next: 'if the object store is damaged, remove it: it is made again',
    });
  }
};
