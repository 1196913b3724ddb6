// SPDX-License-Identifier: MIT
import type { Readable } from 'node:stream';
import { type JobResult, startJob } from './job.js';
import { keepText } from './keep.js';
import { lineSplitter } from './lines.js';
import { type Log, openLog } from './log.js';
import type { CommandResult, RunOptions } from './options.js';

type Kept = Pick<CommandResult, 'stdout' | 'stderr'>;

const NOTHING: Kept = { stdout: '', stderr: '' };

const giveLines = async (
  stream: Readable | null,
  onLine: (line: string) => void,
  log: Log | null,
): Promise<void> => {
  const splitter = lineSplitter(onLine);
  for await (const piece of stream ?? []) {
    await log?.write(piece);
    splitter.push(piece);
  }
  splitter.end();
};

/**
 * Runs a command without a shell, in a process group of its own, and waits for it. A non-zero
 * exit is a result, not an exception.
 *
 * @throws {Interrupted} when `signal` aborts; nobody of the process group is left by then
 * @throws {EnvironmentError} `command-not-found` when there is no such command;
 *   `command-not-started` when the system refused; `log-not-writable`;
 *   `command-wrote-too-much` beyond 64 MiB that neither `log` nor `onLine` takes
 */
export const run = async (
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<CommandResult> => {
  const { onLine } = options;
  const log = options.log === undefined ? null : await openLog(options.log);
  try {
    // Without a listener, the command writes into the log by itself: nobody can be too slow for it.
    const job = startJob(command, args, options, log && !onLine ? log.fd : 'pipe');
    const { stdout, stderr } = job.child;
    const take = async (): Promise<Kept> => {
      if (onLine) await Promise.all([giveLines(stdout, onLine, log), giveLines(stderr, onLine, log)]);
      if (onLine || log) return NOTHING;
      const [out, err] = await Promise.all([keepText(stdout, command), keepText(stderr, command)]);
      return { stdout: out, stderr: err };
    };
    try {
      const [result, kept]: [JobResult, Kept] = await Promise.all([job.ended, take()]);
      return { ...result, ...kept };
    } catch (error) {
      await job.end();
      throw error;
    }
  } finally {
    await log?.close();
  }
};
