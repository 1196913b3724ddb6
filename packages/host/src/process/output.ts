// SPDX-License-Identifier: MIT
import { EnvironmentError } from '@uio-msi/model';
import { startJob } from './job.js';
import { keepText } from './keep.js';
import type { CommandOptions } from './options.js';

/**
 * Runs a command and gives what it writes to standard output, piece by piece and no faster than
 * it is taken. The command is ended when the reader stops early.
 *
 * @throws what {@link startJob} throws, and what reading `options.input` throws
 * @throws {EnvironmentError} `command-failed` when it did not end with 0: what came is not whole then
 */
export async function* output(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): AsyncGenerator<Buffer> {
  const job = startJob(command, args, options, 'pipe');
  const complaint = keepText(job.child.stderr, command);
  complaint.catch(() => {}); // seen below, when it comes to that
  try {
    if (job.child.stdout) yield* job.child.stdout as AsyncIterable<Buffer>;
    const result = await job.ended;
    if (result.exitCode === 0) return;
    throw new EnvironmentError({
      code: 'command-failed',
      message: `${command} failed${result.timedOut ? ': it took too long' : ''}`,
      why: (await complaint).trim().split('\n').at(-1) || undefined,
      next: `try it by hand: ${result.command}`,
    });
  } finally {
    await job.end();
  }
}
