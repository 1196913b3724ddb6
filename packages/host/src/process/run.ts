// SPDX-License-Identifier: MIT
import { type Job, type Sink, startJob } from './job.js';
import { keepText } from './keep.js';
import { readLines } from './lines.js';
import type { CommandResult, RunOptions } from './options.js';

const sinkFor = ({ log, onLine }: RunOptions): Sink => [
  ...(onLine || log === undefined ? ['pipe' as const] : []),
  ...(log === undefined ? [] : [{ file: log, append: true } as const]),
];

/** Takes the job's output as the options say, and what is to be kept of it. */
const takeOutput = async (
  { child }: Job,
  command: string,
  { log, onLine }: RunOptions,
): Promise<{ stdout: string; stderr: string }> => {
  const streams = [child.stdout, child.stderr];
  if (onLine) await Promise.all(streams.map((stream) => readLines(stream, onLine)));
  if (onLine || log !== undefined) return { stdout: '', stderr: '' };
  const [stdout = '', stderr = ''] = await Promise.all(streams.map((stream) => keepText(stream, command)));
  return { stdout, stderr };
};

/**
 * Runs a command without a shell, in a process group of its own, and waits for it. A non-zero
 * exit is a result, not an exception.
 *
 * @throws {Interrupted} when `signal` aborts; nobody of the process group is left by then
 * @throws {EnvironmentError} `command-not-found` when there is no such command;
 *   `command-not-started` when the system refused; `command-wrote-too-much` beyond 64 MiB
 *   that neither `log` nor `onLine` takes
 */
export const run = async (
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<CommandResult> => {
  const job = startJob(command, args, options, sinkFor(options));
  try {
    const [result, kept] = await Promise.all([job.ended, takeOutput(job, command, options)]);
    return { ...result, ...kept };
  } catch (error) {
    await job.end();
    throw error;
  }
};
