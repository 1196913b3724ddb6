// SPDX-License-Identifier: MIT
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Calls `onLine` for each line that a command writes, the last one too when it has no line end. */
export const readLines = (stream: Readable | null, onLine: (line: string) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    if (!stream) return resolve();
    const reader = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    reader.on('close', resolve);
    reader.on('line', (line) => {
      try {
        onLine(line);
      } catch (error) {
        reject(error);
      }
    });
  });
