// SPDX-License-Identifier: MIT
import { run } from '@uio-msi/host';
import { DeliveryError, type Transport } from './transport.js';

// sysexits.h: EX_USAGE and EX_NOPERM come before the mail is looked at. No other number says that
// nobody has it: 75 is in the queue, 67 and 68 may be about one recipient of several, and what comes
// after reading (70, 71, 74, a shell's 127 for something that the program calls) may come after queueing.
const NOT_TAKEN = [64, 77];

/**
 * Mails through a program that takes them as sendmail(8) does: `-i -f FROM TO…`, the mail on standard
 * input. git calls it the same way.
 *
 * @param program and its first arguments; `['sh', '-c', …]` for what git calls sendmailcmd
 */
export const commandTransport = (
  program: readonly [string, ...string[]],
  description: string,
): Transport => ({
  description,
  async send({ from, to, content }, offered, signal) {
    const [name, ...args] = program;
    await offered();
    const result = await run(name, [...args, '-i', '-f', from, ...to], { input: content, signal }).catch(
      (error: Error) => {
        throw new DeliveryError(error.message, 'code' in error && error.code === 'command-not-found');
      },
    );
    if (result.exitCode === 0) return { accepted: to, refused: [], answer: `${name} took it` };
    const why = result.stderr.trim().split('\n').at(-1) || `it ended with ${result.exitCode ?? 'a signal'}`;
    throw new DeliveryError(why, NOT_TAKEN.includes(result.exitCode ?? -1));
  },
  async close() {},
});
