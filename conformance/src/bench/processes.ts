// SPDX-License-Identifier: MIT
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { EnvironmentError } from '../errors.js';

/** A second process of a case. */
export interface SecondProcess {
  /** Its first line of output: `ready`, or what went wrong. */
  readonly said: string;
  /** Waits for its next line of output and gives it, or how it ended: `SIGBUS`, `exit 0`. */
  next(): Promise<string>;
  /** Has it do what its role repeats. */
  again(): void;
  /** Its number. */
  readonly pid: number;
  /** Kills it with SIGKILL and waits until the kernel has closed its files. */
  kill(): Promise<void>;
}

/** A session of their own, so that Ctrl-C in the terminal reaches the suite alone, which ends them. */
const APART = { detached: true } as const;

/** A process that does nothing but hold a copy of `fd`, as fork and exec give it, for a minute. */
export const spawnHolder = async (fd: number): Promise<SecondProcess> => {
  const child = spawn('sleep', ['60'], { ...APART, stdio: ['ignore', 'ignore', 'ignore', fd] });
  await once(child, 'spawn');
  return killable(child, READY);
};

/** What an actor says that did what its role begins with. */
export const READY = 'ready';

/** The number under which an actor has the first of the descriptors it inherits. */
export const FIRST_INHERITED = 3;

/**
 * This suite's own program again, in one of its actor roles, with copies of `fds` from number
 * FIRST_INHERITED on. Resolves at its first line of output, which is for the caller to judge.
 */
export const spawnActor = async (
  entry: string,
  args: readonly string[],
  fds: readonly number[] = [],
): Promise<SecondProcess> => {
  const child = spawn(process.execPath, [entry, 'actor', ...args], {
    ...APART,
    stdio: ['pipe', 'pipe', 'inherit', ...fds],
  });
  if (child.stdout === null) throw new Error('a pipe was asked for');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { done, value: said } = await lines.next();
  if (done === true) {
    throw new EnvironmentError(`The second process (actor ${args.join(' ')}) ended before it said a word`);
  }
  return killable(child, said, lines);
};

const killable = (
  child: ChildProcess,
  said: string,
  lines?: AsyncIterator<string, unknown>,
): SecondProcess => ({
  said,
  pid: child.pid ?? 0,
  next: async () => {
    const line = await lines?.next();
    if (line?.done === false) return line.value;
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child.signalCode ?? `exit ${child.exitCode}`;
  },
  again: () => void child.stdin?.write('\n'),
  kill: async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  },
});
