// SPDX-License-Identifier: MIT
import { type CommandResult, run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';

/** Runs git in a worktree; its exit is the caller's to judge. */
export type WorkGit = (
  args: readonly string[],
  options?: { readonly input?: string; readonly env?: Readonly<Record<string, string>> },
) => Promise<CommandResult>;

const unset = (...names: string[]) => Object.fromEntries(names.map((name) => [name, undefined]));

// Of a git hook or a shell that we were started from, which may speak of another repository.
const ELSEWHERE = unset(
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_EXTERNAL_DIFF',
  'GIT_DIFF_OPTS',
  'GIT_LITERAL_PATHSPECS',
  'GIT_PREFIX',
);

// Nobody's settings: they may change what a patch looks like. And no programs: hooks, editors.
const ISOLATED = {
  ...ELSEWHERE,
  ...unset('GIT_CONFIG_COUNT', 'GIT_CONFIG_PARAMETERS'),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_EDITOR: 'true',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};
const NO_PROGRAMS = ['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'core.pager=cat'];

/** git in a worktree, without the user's settings, hooks or editor. */
export const workGit =
  (dir: string, signal?: AbortSignal): WorkGit =>
  (args, { input, env } = {}) =>
    run('git', [...NO_PROGRAMS.flatMap((setting) => ['-c', setting]), ...args], {
      cwd: dir,
      env: { ...ISOLATED, ...env },
      input,
      signal,
    });

/** git with all that the user has set. */
export const usersGit = (
  dir: string,
  args: readonly string[],
  signal?: AbortSignal,
  input?: string,
): Promise<CommandResult> =>
  run('git', args, { cwd: dir, env: { ...ELSEWHERE, LC_ALL: 'C' }, signal, input });

/**
 * The output of a git command that has no reason to fail, without its last line end.
 *
 * @throws {EnvironmentError} `git-failed`
 */
export const must = async (result: Promise<CommandResult>): Promise<string> => {
  const { exitCode, stdout, stderr, command } = await result;
  if (exitCode === 0) return stdout.replace(/\n$/, '');
  throw new EnvironmentError({
    code: 'git-failed',
    message: 'git failed in a worktree',
    why: stderr.trim().split('\n')[0] || `it ended with ${exitCode}`,
    next: `see what it says by hand: ${command}`,
  });
};
