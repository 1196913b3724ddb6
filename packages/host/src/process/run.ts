// SPDX-License-Identifier: MIT
import { EnvironmentError, Interrupted } from '@uio-msi/model';
import { execa, type Options } from 'execa';
import type { Lock } from '../state/lock.js';
import { endGroup } from './group.js';

/** How a command is run. */
export interface RunOptions {
  readonly cwd?: string;
  /** Added to our own environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Given on standard input, which is otherwise empty. */
  readonly input?: string | Uint8Array;
  /** A file that gets standard output and error as they come, appended. */
  readonly log?: string;
  /** Called for each line of standard output and error, without its line end. */
  readonly onLine?: (line: string) => void;
  /** After this many seconds the command and its children are ended. */
  readonly timeoutSeconds?: number;
  /** Ends the command and its children when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /**
   * A lock that the command and all its descendants keep: when we are killed, nobody gets it
   * before the last of them has stopped writing.
   */
  readonly lock?: Lock | undefined;
}

/** How a command ended. */
export interface CommandResult {
  /** The exit code; null when a signal or the time limit ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  readonly timedOut: boolean;
  /** The command line, quoted for a shell, to show to a person. */
  readonly command: string;
}

// 64 MiB of characters: more than this belongs into a log.
const MAX_OUTPUT = 64 * 1024 * 1024;

// setpriv (util-linux) sets PR_SET_PDEATHSIG: the command dies with us, even when we are killed.
const DIE_WITH_US = ['--pdeathsig', 'KILL', '--'];

const settings = (options: RunOptions): Options => {
  const sink = options.log === undefined ? 'pipe' : (['pipe', { file: options.log, append: true }] as const);
  return {
    stdio: [
      options.input === undefined ? 'ignore' : 'pipe',
      sink,
      sink,
      ...(options.lock ? [options.lock.fd] : []),
    ],
    all: options.onLine !== undefined,
    detached: true,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: MAX_OUTPUT,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: options.env }),
    ...(options.input === undefined ? {} : { input: options.input }),
  } as Options;
};

/**
 * Runs a command without a shell, in a process group of its own, and waits for it. A non-zero
 * exit is a result, not an exception.
 *
 * @throws {Interrupted} when `signal` aborts; the process group has been ended by then
 * @throws {EnvironmentError} `command-not-found` when there is no such command
 */
export const run = async (
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<CommandResult> => {
  if (options.signal?.aborted) throw new Interrupted(String(options.signal.reason));
  const started = performance.now();
  const child = execa('setpriv', [...DIE_WITH_US, command, ...args], settings(options));
  const end = () => endGroup(child.pid);
  let timedOut = false;
  const expire = () => {
    timedOut = true;
    end();
  };
  const timer = options.timeoutSeconds && setTimeout(expire, options.timeoutSeconds * 1000);
  options.signal?.addEventListener('abort', end, { once: true });
  try {
    if (options.onLine)
      for await (const line of child.iterable({ from: 'all' })) options.onLine(String(line));
    const result = await child;
    if (options.signal?.aborted) throw new Interrupted(String(options.signal.reason));
    const shown = [command, ...args].map(quote).join(' ');
    const stderr = String(result.stderr ?? '');
    if (result.exitCode === 127 && stderr.startsWith('setpriv: failed to execute')) throw notFound(command);
    return {
      exitCode: result.exitCode ?? null,
      stdout: String(result.stdout ?? ''),
      stderr,
      seconds: (performance.now() - started) / 1000,
      timedOut,
      command: shown,
    };
  } finally {
    if (timer) clearTimeout(timer);
    options.signal?.removeEventListener('abort', end);
  }
};

const notFound = (command: string): EnvironmentError =>
  new EnvironmentError({
    code: 'command-not-found',
    message: `${command}: no such command`,
    next: 'run ./uio-msi doctor: it names the package to install',
  });

/** A word as a POSIX shell needs it, to show a command that can be pasted. */
export const quote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
