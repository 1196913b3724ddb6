// SPDX-License-Identifier: MIT
import { EnvironmentError, Interrupted } from '@uio-msi/model';
import { simpleGit } from 'simple-git';

/** How a git command ended. */
export interface GitResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where git works. */
export interface GitPlace {
  /** Absolute path of the repository. */
  readonly gitDir: string;
  /** The current folder: git's relative paths begin here. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
}

/** What one command may have beside its arguments. */
export interface GitOptions {
  /** For standard input, which is otherwise empty; at least one character. */
  readonly input?: string;
  /** A private index instead of the repository's. */
  readonly index?: string;
  /** Whether any exit code is an answer; otherwise all but 0 is an {@link EnvironmentError}. */
  readonly mayFail?: boolean;
}

/** Runs one git command. */
export type Git = (args: readonly string[], options?: GitOptions) => Promise<GitResult>;

/**
 * git in a clean environment: messages in English, no configuration but the repository's own, so
 * that the same input gives the same result on every machine.
 *
 * @throws {Interrupted} when `signal` aborts
 * @throws {EnvironmentError} `git-failed` when git cannot be run, or fails and may not
 */
export const gitAt =
  ({ gitDir, folder, signal }: GitPlace): Git =>
  async (args, { input, index, mayFail = false } = {}) => {
    if (signal?.aborted) throw new Interrupted(String(signal.reason));
    let ended: GitResult | undefined;
    const git = simpleGit({
      baseDir: folder,
      ...(signal ? { abort: signal } : {}),
      ...(input === undefined ? {} : { input: () => input }),
      // Its default waits 50 ms for a command that prints nothing.
      completion: { onClose: true, onExit: false },
      allowEnvironment: ['GIT_DIR', 'GIT_INDEX_FILE', 'GIT_CONFIG_NOSYSTEM', 'GIT_LITERAL_PATHSPECS'],
      // How a command ended is judged below, not by whether it said something.
      errors: (_, { exitCode, stdOut, stdErr }) => {
        ended = { exitCode, stdout: decode(stdOut), stderr: decode(stdErr) };
        return undefined;
      },
    });
    try {
      // Without HOME there is no ~/.gitconfig.
      await git
        .env({
          PATH: process.env['PATH'] ?? '',
          LC_ALL: 'C',
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_LITERAL_PATHSPECS: '1',
          GIT_DIR: gitDir,
          ...(index === undefined ? {} : { GIT_INDEX_FILE: index }),
        })
        .raw(...args);
    } catch (error) {
      if (signal?.aborted) throw new Interrupted(String(signal.reason));
      throw failed(args, (error as Error).message);
    }
    if (signal?.aborted) throw new Interrupted(String(signal.reason));
    if (!ended) throw failed(args, 'it cannot be run');
    if (!isAnswer(ended, mayFail)) throw failed(args, ended.stderr || `it ended with ${ended.exitCode}`);
    return ended;
  };

// git says no with 1 and, when it cannot read a patch, with 128. Whatever else ends it is the
// machine's fault, and so are some of its reasons.
const MACHINE =
  /^(?:error|fatal): .*(?:No space left|Read-only file system|Permission denied|Input\/output error|Out of memory|unable to (?:write|create|mmap))/im;

const isAnswer = ({ exitCode, stderr }: GitResult, mayFail: boolean): boolean =>
  exitCode === 0 || (mayFail && [1, 128].includes(exitCode) && !MACHINE.test(stderr));

const decode = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8');

const failed = (args: readonly string[], why: string): EnvironmentError =>
  new EnvironmentError({
    code: 'git-failed',
    message: `git ${args[0]} failed`,
    why: why.trim(),
    next: 'free some space; if store.git in the state folder is damaged, remove it: it is made again',
  });
