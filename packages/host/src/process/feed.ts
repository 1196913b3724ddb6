// SPDX-License-Identifier: MIT
import type { Writable } from 'node:stream';
import type { CommandOptions } from './options.js';

/** Resolves when `stream` takes more, or never will. */
const room = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    if (stream.destroyed) return resolve();
    const done = () => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
  });

/**
 * Gives a command its input. A command that ends before it has read all of it is no error here:
 * its exit code says what that means. What reading `input` throws is thrown on, and the end of
 * the input is not told then: the command must not take a part for the whole.
 */
export const feed = async (stdin: Writable | null, input: CommandOptions['input']): Promise<void> => {
  if (input === undefined || !stdin) return;
  stdin.on('error', () => {}); // EPIPE: it has ended
  const pieces = typeof input === 'string' || input instanceof Uint8Array ? [input] : input;
  for await (const piece of pieces) {
    if (!stdin.writable) return;
    if (!stdin.write(piece)) await room(stdin);
  }
  stdin.end();
};
