// SPDX-License-Identifier: MIT
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { wroteTooMuch } from './refusal.js';

// `git ls-tree -r` of a kernel writes 8 MiB; more than this belongs into a log.
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The text that a command writes, once it has ended.
 *
 * @throws {EnvironmentError} `command-wrote-too-much` beyond 64 MiB
 */
export const keepText = async (stream: Readable | null, command: string): Promise<string> => {
  const decoder = new StringDecoder('utf8');
  let text = '';
  let bytes = 0;
  for await (const piece of stream ?? []) {
    bytes += piece.length;
    if (bytes > MAX_BYTES) throw wroteTooMuch(command, MAX_BYTES);
    text += decoder.write(piece);
  }
  return text + decoder.end();
};
