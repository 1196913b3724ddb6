// SPDX-License-Identifier: MIT
import { closeSync, openSync, writeFileSync } from 'node:fs';

// Characters. Pieces are a line or a page: to write each by itself takes longer than to make it.
const AT_ONCE = 1 << 20;

/** Writes a text that is made in pieces, so that no more of it is in memory than the disk likes to get at once. */
export const writePieces = (path: string, pieces: Iterable<string>): void => {
  const file = openSync(path, 'w');
  try {
    let text = '';
    for (const piece of pieces) {
      text += piece;
      if (text.length < AT_ONCE) continue;
      writeFileSync(file, text); // goes on where the last one ended
      text = '';
    }
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
};
