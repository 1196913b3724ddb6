// SPDX-License-Identifier: MIT

const NEWLINE = 0x0a;

/** Takes a stream's chunks. */
export type LineSplitter = (chunk: Uint8Array) => void;

/**
 * Cuts chunks of bytes into lines while holding at most one line of `limit` bytes, whatever
 * comes in: a longer line is dropped up to its end, and `onLine` gets null for it.
 */
export const splitLines = (limit: number, onLine: (line: string | null) => void): LineSplitter => {
  let held: Uint8Array[] = [];
  let length = 0;
  const hold = (part: Uint8Array) => {
    length += part.length;
    if (length > limit) held = [];
    else held.push(Buffer.from(part));
  };
  const release = () => {
    onLine(length > limit ? null : Buffer.concat(held).toString('utf8'));
    held = [];
    length = 0;
  };
  return (chunk) => {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      hold(chunk.subarray(start, end));
      release();
      start = end + 1;
    }
    hold(chunk.subarray(start));
  };
};
