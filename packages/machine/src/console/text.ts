// SPDX-License-Identifier: MIT

// What one printk() may write (PRINTKRB_RECORD_MAX, kernel/printk/internal.h): a longer line is noise.
const MAX_LINE = 1024;

// What `^` takes for a line's end besides a line feed.
const LINE_END = /\r+\n?|[\u2028\u2029]/g;
// `[    3.141592] `, with the caller where CONFIG_PRINTK_CALLER is set: `[    3.1][  T52] `.
const STAMP = /^(?:<\d>)?\[ *\d+\.\d+\](?:\[ *[TC]\d+\])? ?/gm;
const LONG_LINE = new RegExp(`^([^\\n]{${MAX_LINE}})[^\\n]+`, 'gm');

/** A console's text with the lines as the kernel wrote them: no time stamps, no carriage returns. */
export const plainText = (console: string): string =>
  console.replace(LINE_END, '\n').replace(STAMP, '').replace(LONG_LINE, '$1');

/** At most `count` lines of a plain text from an offset on; looks at no more of it than they can have. */
export const linesFrom = (text: string, offset: number, count: number): string[] =>
  text.slice(offset, offset + count * (MAX_LINE + 1)).split('\n', count);

/** At most `count` whole lines between `from` and an offset at which a line begins, the last ones. */
export const linesBefore = (text: string, from: number, offset: number, count: number): string[] =>
  text
    .slice(Math.max(from, offset - count * (MAX_LINE + 1)), offset)
    .split('\n')
    .slice(0, -1)
    .slice(-count);
