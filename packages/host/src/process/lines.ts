// SPDX-License-Identifier: MIT
import { StringDecoder } from 'node:string_decoder';

// Longer ones are given in parts: a command may write without ever ending a line.
const MAX_LINE = 1024 * 1024;

// A \r at the very end may be the first half of \r\n: it waits for what follows.
const LINE_END = /\r?\n|\r(?=[^\n])/;

/** Takes a text piece by piece and gives it line by line. */
export interface LineSplitter {
  push(piece: Uint8Array): void;
  /** Gives the last line, when it has no line end. */
  end(): void;
}

/** Splits at `\n`, `\r\n` and `\r`; `onLine` gets each line without its end. */
export const lineSplitter = (onLine: (line: string) => void): LineSplitter => {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return {
    push(piece) {
      const lines = (rest + decoder.write(Buffer.from(piece))).split(LINE_END);
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
      if (rest.length < MAX_LINE) return;
      onLine(rest);
      rest = '';
    },
    end() {
      rest += decoder.end();
      if (rest !== '') onLine(rest.replace(/\r$/, ''));
    },
  };
};
