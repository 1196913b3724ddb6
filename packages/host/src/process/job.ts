// SPDX-License-Identifier: MIT
import { Interrupted } from '@uio-msi/model';
import { execa, type Options, type ResultPromise } from 'execa';
import { feed } from './feed.js';
import { endGroup } from './group.js';
import type { CommandOptions, CommandResult } from './options.js';
import { quote } from './quote.js';
import { notStarted, requireCommand } from './refusal.js';

// setpriv (util-linux) sets PR_SET_PDEATHSIG: the command dies with us, even when we are killed.
const DIE_WITH_US = ['--pdeathsig', 'KILL', '--'];

/** Where standard output and error go: to whoever reads the job's child, or into an open file. */
export type Sink = 'pipe' | number;

/** How a job ended. */
export type JobResult = Omit<CommandResult, 'stdout' | 'stderr'>;

/** A command that has been started. */
export interface Job {
  readonly child: ResultPromise;
  /** Resolves when it and its output have ended; rejects as {@link startJob} says. */
  readonly ended: Promise<JobResult>;
  /** Ends it and its children, and waits for that. */
  end(): Promise<void>;
}

const settings = (options: CommandOptions, sink: Sink): Options =>
  ({
    stdio: [
      options.input === undefined ? 'ignore' : 'pipe',
      sink,
      sink,
      ...(options.inherit ?? []),
      ...(options.lock ? [options.lock.fd] : []),
    ],
    buffer: false,
    detached: true,
    reject: false,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: options.env }),
  }) as Options;

/**
 * Starts a command without a shell, in a process group of its own that dies with us. A non-zero
 * exit is a result, not an exception.
 *
 * @throws {Interrupted} when `signal` aborts; nobody of the process group is left by then
 * @throws {EnvironmentError} `command-not-found`, `command-not-started`
 */
export const startJob = (
  command: string,
  args: readonly string[],
  options: CommandOptions,
  sink: Sink,
): Job => {
  if (options.signal?.aborted) throw new Interrupted(String(options.signal.reason));
  requireCommand('setpriv');
  requireCommand(command, options);
  const started = performance.now();
  const child = execa('setpriv', [...DIE_WITH_US, command, ...args], settings(options, sink));
  let over = false;
  let ending: Promise<void> | undefined;
  const end = async () => {
    if (!over) ending ??= endGroup(child.pid);
    await ending;
  };
  let timedOut = false;
  const expire = () => {
    timedOut = true;
    void end();
  };
  const timer = options.timeoutSeconds && setTimeout(expire, options.timeoutSeconds * 1000);
  options.signal?.addEventListener('abort', end, { once: true });

  const attend = async (): Promise<JobResult> => {
    try {
      const fed = feed(child.stdin, options.input).catch(async (error: unknown) => {
        await end();
        throw error;
      });
      const [result] = await Promise.all([child, fed]);
      over = true;
      await ending;
      if (options.signal?.aborted) throw new Interrupted(String(options.signal.reason));
      if (child.pid === undefined) throw notStarted(command, result.originalMessage ?? 'for no known reason');
      return {
        exitCode: timedOut ? null : (result.exitCode ?? null),
        seconds: (performance.now() - started) / 1000,
        timedOut,
        command: [command, ...args].map(quote).join(' '),
      };
    } finally {
      if (timer) clearTimeout(timer);
      options.signal?.removeEventListener('abort', end);
    }
  };
  const ended = attend();
  // Whoever awaits it sees the error; that nobody has come to that yet is no crash.
  ended.catch(() => {});
  return { child, ended, end };
};
