// SPDX-License-Identifier: MIT
import { run } from '@uio-msi/host';
import { DeliveryError, type Transport } from './transport.js';

// sysexits.h, which sendmail and its like keep to: the mail is not in their queue.
const NOT_TAKEN = [64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 127];

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
  async send({ from, to, content }, offered) {
    const [name, ...args] = program;
    await offered();
    const result = await run(name, [...args, '-i', '-f', from, ...to], { input: content }).catch(
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
